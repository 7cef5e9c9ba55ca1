import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";

/** The workerd processes that descend from this one. */
export function findWorkerds(): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parentOf = (pid: string) => Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parentOf(String(pid))));
  const found = all.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("workerd") && isOurs(Number(pid));
    } catch {
      return false; // the process has just ended
    }
  });
  assert.ok(found.length > 0, "no workerd is running");
  return found.map(Number);
}

/** The CPU time that the processes have used so far, and the memory that they use now, in total. */
export function usageOf(pids: readonly number[]): { processorMs: number; memoryKiB: number } {
  let [processorMs, memoryKiB] = [0, 0];
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    processorMs += (Number(fields[11]) + Number(fields[12])) * 10; // a clock tick is 10 ms on Linux
    memoryKiB += Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  }
  return { processorMs, memoryKiB };
}
