import { exitOf, startNode } from "../lifetime.ts";
import { at, root } from "../root.ts";

/** One thing to check. `run` returns what is wrong, in words; nothing where all is well. */
export interface Step {
  name: string;
  run(): Promise<string[]>;
}

/**
 * A step that runs a program of the project with the project's Node, and shows what it printed where it fails.
 * @param script below node_modules; left out where the first argument is a script of our own
 */
export function toolStep(name: string, script: string | undefined, args: readonly string[]): Step {
  const command = script === undefined ? args : [at(`node_modules/${script}`), ...args];
  return { name, run: () => runTool(command) };
}

/** Runs a program to its end. @returns what it printed, as one problem, where its exit code is not 0 */
export async function runTool(command: readonly string[]): Promise<string[]> {
  const child = startNode(command, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let printed = "";
  child.stdout?.on("data", (bytes: Buffer) => (printed += bytes.toString()));
  child.stderr?.on("data", (bytes: Buffer) => (printed += bytes.toString()));
  const code = await exitOf(child);
  return code === 0 ? [] : [printed.trim() || `it ended with code ${code}`];
}
