import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { OpenResult } from "./measure-open.ts";
import type { Result } from "./measure.ts";

/** Measurements of one contestant in one scenario. */
export interface Line<Figures = Result> {
  name: string;
  scenario: string;
  result: Figures;
}

/** Everything that one run of the bench showed. */
export interface Report {
  streaming: Line[];
  opening: Line<OpenResult>[];
}

/** A column: its head, the name of its figure, the number of decimals, and the number that the figure is divided by. */
type Column<Figures> = readonly [head: string, key: keyof Figures, digits: number, divisor?: number];

const streamingColumns: readonly Column<Result>[] = [
  ["main thread (s)", "mainThreadMs", 2, 1000],
  ["of it scripts (s)", "scriptMs", 2, 1000],
  ["blocking over 50 ms (s)", "blockingMs", 2, 1000],
  ["longest task (ms)", "longestTaskMs", 0],
  ["behind the stream (ms)", "lagMs", 0],
  ["heap (MiB)", "heapMiB", 1],
  ["download (KiB)", "downloadKiB", 1],
];

const openingColumns: readonly Column<OpenResult>[] = [
  ["readable after (ms)", "openMs", 0],
  ["longest task until then (ms)", "openTaskMs", 0],
  ["longest task while scrolling (ms)", "scrollTaskMs", 0],
  ["a frame while scrolling (ms)", "scrollFrameMs", 0],
];

/** Each figure's median over several runs. */
export function median<Figures extends { [Name in keyof Figures]: number }>(results: readonly Figures[]): Figures {
  const [first] = results;
  if (!first) throw new Error("No run, no median");
  const middle = (name: string) =>
    results.map((result) => Number(Reflect.get(result, name))).toSorted((a, b) => a - b)[results.length >> 1] ?? 0;
  return Object.keys(first).reduce((all, name) => ({ ...all, [name]: middle(name) }), first);
}

/** Writes the tables in Markdown, below a line with the date and the machine. */
export function toMarkdown({ streaming, opening }: Report): string {
  const parts = [conditions()];
  if (streaming.length > 0) parts.push(table(streaming, streamingColumns));
  if (opening.length > 0) parts.push(table(opening, openingColumns));
  return `${parts.join("\n\n")}\n`;
}

function table<Figures>(lines: readonly Line<Figures>[], columns: readonly Column<Figures>[]): string {
  const head = ["", "", ...columns.map(([name]) => name)];
  const rows = lines.map(({ name, scenario, result }) => [
    name,
    scenario,
    ...columns.map(([, key, digits, divisor = 1]) => (Number(result[key]) / divisor).toFixed(digits)),
  ]);
  const all = [head, head.map((_, index) => (index < 2 ? ":--" : "--:")), ...rows];
  return all.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function conditions(): string {
  const [processor] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${cpus().length} × ${processor?.model ?? "unknown processor"}, headless Chromium without a GPU; medians. A longest task of 0 means that none took more than 50 ms.`;
}

const barHeight = 22;
const width = 720;
const left = 190;

/** Draws main-thread time as bars, with the blocking time in another color. The colors fit light and dark pages. */
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
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="14" fill="#7a878a"><title>Main-thread time of one streamed answer</title><text x="${left}" y="20">main thread, 20,000 characters; red: blocking over 50 ms</text>${bars.join("")}</svg>\n`;
}

/** Writes a report to a folder: as Markdown, as JSON, and as a chart. */
export function save(folder: string, report: Report): void {
  const { streaming } = report;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/report.md`, toMarkdown(report));
  writeFileSync(`${folder}/report.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(
    `${folder}/streaming.svg`,
    chart(streaming.filter(({ scenario }) => scenario === streaming[0]?.scenario)),
  );
}
