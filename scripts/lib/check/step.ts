import { exitOf, startNode } from "../lifetime.ts";
import { at, root } from "../root.ts";

/** One check. `run` returns a description of each problem; an empty list means success. */
export interface Step {
  name: string;
  run(): Promise<string[]>;
}

/**
 * A step that runs a program with the project's Node and shows its output if it fails.
 * @param script a path below node_modules; undefined if the first argument is one of our own scripts
 */
export function toolStep(name: string, script: string | undefined, args: readonly string[]): Step {
  const command = script === undefined ? args : [at(`node_modules/${script}`), ...args];
  return { name, run: () => runTool(command) };
}

/** Runs a program until it exits. @returns its output as one problem if its exit code is not 0 */
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
  return code === 0 ? [] : [printed.trim() || `It exited with code ${code}.`];
}
