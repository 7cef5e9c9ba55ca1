import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
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

/** Ends a child that {@link startNode} started, with all that it started itself, and waits until they are gone. */
export async function endNode(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, "exit");
    signalGroup(child, "SIGTERM");
    await Promise.race([exit, sleep(graceMs, undefined, { ref: false })]);
  }
  await killNode(child);
}

/** Kills such a child with all that it started, as a machine that loses power would, and waits until they are gone. */
export async function killNode(child: ChildProcess): Promise<void> {
  const exit = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
  signalGroup(child, "SIGKILL");
  await exit;
  // The system takes a moment to end what was killed; until then it may still write to its files.
  for (let waitedMs = 0; isGroupAlive(child) && waitedMs < graceMs; waitedMs += 10) await sleep(10);
}

async function endChildren(): Promise<void> {
  await Promise.all([...children].map(endNode));
}

/** Whether something of a child's group still runs. What has ended can stay listed for a while: it does not count. */
function isGroupAlive({ pid }: ChildProcess): boolean {
  if (pid === undefined || process.platform === "win32") return false;
  try {
    process.kill(-pid, 0);
  } catch {
    return false;
  }
  return process.platform !== "linux" || readdirSync("/proc").some((name) => isRunningIn(pid, name));
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function isRunningIn(group: number, name: string): boolean {
  try {
    const stat = /^\d/.test(name) ? readFileSync(`/proc/${name}/stat`, "utf8") : "";
    const [state, , ownGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(ownGroup) === group && state !== "Z";
  } catch {
    return false; // it has just ended
  }
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
