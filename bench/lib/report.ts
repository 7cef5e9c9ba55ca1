import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Result } from "./measure.ts";

/** One line of the table. */
export interface Line {
  name: string;
  scenario: string;
  result: Result;
}

const columns: readonly (readonly [head: string, key: keyof Result, digits: number])[] = [
  ["main thread (s)", "mainThreadMs", 2],
  ["of it scripts (s)", "scriptMs", 2],
  ["blocking over 50 ms (s)", "blockingMs", 2],
  ["longest task (ms)", "longestTaskMs", 0],
  ["behind the stream (ms)", "lagMs", 0],
  ["heap (MiB)", "heapMiB", 1],
  ["download (KiB)", "downloadKiB", 1],
];

/** Each figure's median over several runs. */
export function median(results: readonly Result[]): Result {
  const [first] = results;
  if (!first) throw new Error("No run, no median");
  const keys = Object.keys(first).filter((key): key is keyof Result => key in first);
  const middle = (key: keyof Result) =>
    results.map((result) => result[key]).toSorted((a, b) => a - b)[results.length >> 1] ?? 0;
  return keys.reduce((all, key) => ({ ...all, [key]: middle(key) }), first);
}

/** The table in Markdown, under what it was measured on. */
export function table(lines: readonly Line[]): string {
  const head = ["", "", ...columns.map(([name]) => name)];
  const rows = lines.map(({ name, scenario, result }) => [
    name,
    scenario,
    ...columns.map((column) => cell(column, result)),
  ]);
  const all = [head, head.map((_, index) => (index < 2 ? ":--" : "--:")), ...rows];
  return `${conditions()}\n\n${all.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n`;
}

function conditions(): string {
  const [processor] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${cpus().length} × ${processor?.model ?? "unknown processor"}, headless Chromium without a GPU; medians. A longest task of 0 means that none took more than 50 ms.`;
}

function cell([, key, digits]: (typeof columns)[number], result: Result): string {
  const value = result[key];
  const isSeconds = key === "mainThreadMs" || key === "scriptMs" || key === "blockingMs";
  return (isSeconds ? value / 1000 : value).toFixed(digits);
}

const barHeight = 22;
const width = 720;
const left = 190;

/** Main-thread time as bars, blocking time in another colour. It suits a light page and a dark one. */
export function chart(lines: readonly Line[]): string {
  const most = Math.max(...lines.map(({ result }) => result.mainThreadMs));
  const scale = (milliseconds: number) => (milliseconds / most) * (width - left - 90);
  const bars = lines.map(({ name, result }, index) => {
    const y = 40 + index * (barHeight + 12);
    const total = scale(result.mainThreadMs);
    const words = `${(result.mainThreadMs / 1000).toFixed(1)} s`;
    return [
      `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${name}</text>`,
      `<rect x="${left}" y="${y}" width="${total.toFixed(1)}" height="${barHeight}" rx="3" fill="#2a9aa8"/>`,
      `<rect x="${left}" y="${y}" width="${scale(result.blockingMs).toFixed(1)}" height="${barHeight}" rx="3" fill="#d9583f"/>`,
      `<text x="${(left + total + 8).toFixed(1)}" y="${y + 15}">${words}</text>`,
    ].join("");
  });
  const height = 52 + lines.length * (barHeight + 12);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="14" fill="#7a878a"><title>Main-thread time of one streamed answer</title><text x="${left}" y="20">main-thread time of one 20,000-character answer; red: blocking over 50 ms</text>${bars.join("")}</svg>\n`;
}

/** Keeps a report beside the bench. */
export function save(folder: string, lines: readonly Line[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/streaming.md`, table(lines));
  writeFileSync(`${folder}/streaming.svg`, chart(lines.filter(({ scenario }) => scenario === lines[0]?.scenario)));
  writeFileSync(`${folder}/streaming.json`, `${JSON.stringify(lines, null, 2)}\n`);
}
