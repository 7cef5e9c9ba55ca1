import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a child process may take to end before it is killed, in milliseconds. */
const graceMs = 1000;

const children = new Set<ChildProcess>();
let ending: Promise<void> | undefined;

/** How long a script may take to finish its current step when it is ended, in milliseconds. */
const stepMs = 10_000;

/**
 * From now on, a signal or the end of the parent process ends this script and everything that it started.
 * @param finish ends what the script is doing, and resolves when that has ended
 */
export function endWithParent(finish: () => Promise<void> = () => Promise.resolve()): void {
  const end = (code: number) => {
    ending ??= Promise.race([finish(), sleep(stepMs, undefined, { ref: false })])
      .then(endChildren)
      .then(() => process.exit(code));
  };
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(143));
  process.on("SIGHUP", () => end(129));
  // The bootstrap holds a channel to this process. It closes when the bootstrap ends for any reason.
  process.on("disconnect", () => end(143));
  process.channel?.unref();
}

/** Whether this script is ending, so that the end of a child process is not a failure. */
export function isEnding(): boolean {
  return ending !== undefined;
}

/**
 * Starts a program of this project with the project's own Node, in its own process group, so that it can be ended
 * together with everything it starts.
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
    signalGroup(child, "SIGKILL"); // a group can have members left after its leader has ended
  });
  return child;
}

/** Runs a program as {@link startNode} does, until it ends. @returns its exit code */
export async function runNode(args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return exitOf(startNode(args, options));
}

/** Waits until a child process ends. @returns its exit code; 1 if a signal ended it */
export async function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? 1;
}

/** Ends a child process of {@link startNode} and everything it started, and waits until they have ended. */
export async function endNode(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, "exit");
    signalGroup(child, "SIGTERM");
    await Promise.race([exit, sleep(graceMs, undefined, { ref: false })]);
  }
  await killNode(child);
}

/**
 * Kills a child process of {@link startNode} and everything it started, as a power failure would, and waits until they
 * have ended.
 */
export async function killNode(child: ChildProcess): Promise<void> {
  const exit = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
  signalGroup(child, "SIGKILL");
  await exit;
  // A killed process takes a moment to end. Until then it can still write to its files.
  for (let waitedMs = 0; isGroupAlive(child) && waitedMs < graceMs; waitedMs += 10) await sleep(10);
}

async function endChildren(): Promise<void> {
  await Promise.all([...children].map(endNode));
}

/** Whether a process of a child's group still runs. Ended processes can stay listed for a while; they do not count. */
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
    // No such group: all of its processes have already ended, as intended.
  }
}
