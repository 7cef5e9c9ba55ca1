import { readFileSync, readdirSync } from "node:fs";

/** What a program and all its child processes have used. */
export interface Usage {
  /** Since they started, in user and system mode. */
  processorMs: number;
  /** Currently resident. Memory that two processes share counts twice. */
  memoryMiB: number;
}

/** A tick of `/proc/stat` and `/proc/<pid>/stat`, in milliseconds: USER_HZ is 100 on every Linux that Node runs on. */
const tickMs = 10;

/**
 * Reads what a process and its descendants have used, including children that have ended.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function usageOfTree(rootPid: number): Usage {
  const all = readProcesses();
  const isInTree = (pid: number): boolean => pid === rootPid || (pid > 1 && isInTree(all.get(pid)?.parent ?? 0));
  const usage: Usage = { processorMs: 0, memoryMiB: 0 };
  for (const [pid, { ticks }] of all) {
    if (!isInTree(pid)) continue;
    usage.processorMs += ticks * tickMs;
    usage.memoryMiB += readMemory(pid);
  }
  return usage;
}

/** CPU time that all programs on the machine have used since it started, in milliseconds. */
function usageOfMachine(): number {
  // user, nice, system, idle, iowait, irq, softirq, steal. Time that the host takes away (steal) counts as used.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readProc("stat")
    .split("\n", 1)
    .join()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) * tickMs;
}

/** Watches the memory of a process tree. @returns a function that stops it and returns the highest value, in MiB */
export function watchMemory(rootPid: number): () => number {
  let peakMiB = 0;
  const look = () => (peakMiB = Math.max(peakMiB, usageOfTree(rootPid).memoryMiB));
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    return look();
  };
}

/** Watches what other programs use. @returns a function that returns the average, in processors */
export function watchOthers(): () => number {
  const read = () => usageOfMachine() - usageOfTree(process.pid).processorMs;
  const [before, startedAt] = [read(), performance.now()];
  return () => Math.max(0, (read() - before) / (performance.now() - startedAt));
}

interface Process {
  parent: number;
  ticks: number;
}

function readProcesses(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? readProc(`${name}/stat`) : "";
    if (stat === "") continue;
    // The second field, the program's name, can contain spaces. Fields are numbered as in the manual page.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const field = (number: number) => Number(fields[number - 3]);
    all.set(Number(name), { parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) });
  }
  return all;
}

function readMemory(pid: number): number {
  return Number(/^VmRSS:\s*(\d+) kB/m.exec(readProc(`${pid}/status`))?.[1] ?? 0) / 1024;
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return ""; // the process has just ended
  }
}
