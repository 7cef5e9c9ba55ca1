import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a child may take to end by itself, in milliseconds, before it is killed. */
const graceMs = 1000;

const children = new Set<ChildProcess>();
let ending: Promise<void> | undefined;

/** Ends this script and all that it started when it is told to, or when whoever started it is gone. */
export function endWithParent(): void {
  const end = (code: number) => {
    ending ??= endChildren().then(() => process.exit(code));
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(143));
  process.on("SIGHUP", () => end(129));
  // The bootstrap holds a channel to this process: it closes when the bootstrap ends, however it ends.
  process.on("disconnect", () => end(143));
  process.channel?.unref();
}

/** Whether the script is on its way out, so that a child's end is no failure. */
export function isEnding(): boolean {
  return ending !== undefined;
}

/**
 * Starts a program of this project with the project's own Node, in a process group of its own, so that it can be ended
 * with all that it starts.
 */
export function startNode(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const preload = new URL("./follow-parent.mjs", import.meta.url).href;
  const child = spawn(process.execPath, ["--no-warnings", "--import", preload, ...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    ...options,
    env: { ...(options.env ?? process.env), RIVULET_PARENT: String(process.pid) },
    detached: process.platform !== "win32",
  });
  children.add(child);
  child.on("exit", () => {
    children.delete(child);
    signalGroup(child, "SIGKILL"); // after its head is gone a group may have members left
  });
  return child;
}

/** Runs such a program to its end. @returns its exit code */
export async function runNode(args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return exitOf(startNode(args, options));
}

/** Waits until a child ends. @returns its exit code; 1 where a signal ended it */
export async function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? 1;
}

/** Ends a child that {@link startNode} started, and all that it started itself. */
export async function endNode(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  signalGroup(child, "SIGTERM");
  await Promise.race([exit, sleep(graceMs)]);
  signalGroup(child, "SIGKILL");
}

async function endChildren(): Promise<void> {
  await Promise.all([...children].map(endNode));
}

function signalGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    if (child.exitCode === null) spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // No such group: all of it is gone already, which is what we want.
  }
}
