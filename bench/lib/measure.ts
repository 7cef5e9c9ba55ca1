import type { Browser, CDPSession } from "playwright-core";
import type { BenchServer } from "./server.ts";
import type { BenchText } from "./text.ts";
import type { Contestant } from "./build.ts";
import "../pages/page.ts";

/** Measurements of one run. Times in milliseconds. */
export interface Result {
  mainThreadMs: number;
  /** Parts of the main-thread time: scripts, style and layout. */
  scriptMs: number;
  styleMs: number;
  layoutMs: number;
  /** Total time by which tasks exceeded 50 ms. */
  blockingMs: number;
  /** The longest task, if it took more than 50 ms; otherwise 0. */
  longestTaskMs: number;
  /** How far the screen was behind the stream: the 95th percentile. */
  lagMs: number;
  heapMiB: number;
  downloadKiB: number;
}

/** Settings of one run. */
export interface Run {
  piecesPerSecond: number;
  pieceChars: number;
  /** By what factor the CPU is slowed down. */
  slowdown: number;
}

/** Streams a text to one page, and measures what the page spends on it. */
export async function measure(
  browser: Browser,
  server: BenchServer,
  url: string,
  contestant: Contestant,
  { text, markers }: BenchText,
  { piecesPerSecond, pieceChars, slowdown }: Run,
): Promise<Result> {
  server.reset({ text, pieceChars, piecesPerSecond });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    await page.goto(`${url}/${contestant}.html`);
    await page.waitForFunction("window.bench !== undefined");
    await page.waitForTimeout(1_000);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.evaluate(() => void (window.longTasks.length = 0));
    const before = await metrics(cdp);
    await page.evaluate(() => window.bench.start());
    await server.ended;
    await page.waitForFunction("window.hasEnded", undefined, { timeout: 120_000, polling: 250 });
    await page.waitForTimeout(300);
    const after = await metrics(cdp);
    const { seen, longTasks } = await page.evaluate(() => ({ seen: window.seen, longTasks: window.longTasks }));
    await cdp.send("HeapProfiler.collectGarbage");
    const heap = (await metrics(cdp)).get("JSHeapUsedSize") ?? 0;
    const sentAt = (marker: number) =>
      server.startedAt + (Math.floor((markers[marker] ?? 0) / pieceChars) * 1000) / piecesPerSecond;
    const spent = (name: string) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1000;
    return {
      mainThreadMs: spent("TaskDuration"),
      scriptMs: spent("ScriptDuration"),
      styleMs: spent("RecalcStyleDuration"),
      layoutMs: spent("LayoutDuration"),
      blockingMs: longTasks.reduce((sum, duration) => sum + duration - 50, 0),
      longestTaskMs: Math.max(0, ...longTasks),
      lagMs: percentile(
        seen.map(([marker, at]) => at - sentAt(marker)),
        0.95,
      ),
      heapMiB: heap / 2 ** 20,
      downloadKiB: server.downloadedBytes / 1024,
    };
  } finally {
    await page.close();
  }
}

async function metrics(cdp: CDPSession): Promise<Map<string, number>> {
  const { metrics: all } = await cdp.send("Performance.getMetrics");
  return new Map(all.map(({ name, value }) => [name, value]));
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Infinity;
}
