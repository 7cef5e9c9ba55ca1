// `npm run bench` measures what a streamed answer costs the page, for this widget and for others. Options:
// --only=plain,rivulet --runs=3, and --quick for a tenth of the text and one run. The report is written to
// bench/results/, unless the run is quick.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findBrowser, noBrowserFound } from "../scripts/lib/find-browser.ts";
import { buildPages, contestants, openPages } from "./lib/build.ts";
import type { Contestant, OpenPage } from "./lib/build.ts";
import { measureOpen } from "./lib/measure-open.ts";
import type { OpenResult } from "./lib/measure-open.ts";
import { measure } from "./lib/measure.ts";
import type { Result } from "./lib/measure.ts";
import { median, save, toMarkdown } from "./lib/report.ts";
import type { Line, Report } from "./lib/report.ts";
import { BenchServer } from "./lib/server.ts";
import { benchText } from "./lib/text.ts";

interface Scenario {
  name: string;
  chars: number;
  piecesPerSecond: number;
  slowdown: number;
  /** The contestants to measure. For the others, an earlier scenario has already shown that they are slow. */
  who: readonly Contestant[];
}

const root = import.meta.dirname;
const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: contestants.join(",") },
    runs: { type: "string", default: "3" },
    quick: { type: "boolean", default: false },
  },
});

const part = options.quick ? 10 : 1;
const runs = options.quick ? 1 : Number(options.runs);
const scenarios: readonly Scenario[] = [
  { name: "20,000 at 250/s", chars: 20_000 / part, piecesPerSecond: 250, slowdown: 1, who: contestants },
  { name: "80,000 at 250/s", chars: 80_000 / part, piecesPerSecond: 250, slowdown: 1, who: ["rivulet"] },
  {
    name: "8,000 at 75/s, 4 × slower",
    chars: 8_000 / part,
    piecesPerSecond: 75,
    slowdown: 4,
    who: ["plain", "rivulet"],
  },
];

if (!existsSync(`${root}/node_modules`))
  throw new Error("Run `npm install --prefix bench` first: it brings the rivals.");
const executablePath = findBrowser();
if (!executablePath) throw new Error(noBrowserFound);
await buildPages(root, `${root}/dist`);
const server = new BenchServer(`${root}/dist`);
const url = await server.start();
const browser = await chromium.launch({ executablePath, args: browserArguments() });
try {
  const report: Report = { streaming: [], opening: [] };
  for (const scenario of scenarios) {
    for (const name of scenario.who) {
      if (takesPart(name)) report.streaming.push(await streamingLine(browser, name, scenario));
    }
  }
  for (const page of openPages) {
    if (takesPart(page.page.replace("-open", ""))) report.opening.push(await openingLine(browser, page));
  }
  console.log(`\n${toMarkdown(report)}`);
  if (!options.quick) save(`${root}/results`, report);
} finally {
  await browser.close();
  server.stop();
}

function takesPart(name: string): boolean {
  return options.only.split(",").includes(name);
}

async function streamingLine(browser: Browser, name: Contestant, scenario: Scenario): Promise<Line> {
  const results: Result[] = [];
  const run = { piecesPerSecond: scenario.piecesPerSecond, pieceChars: 4, slowdown: scenario.slowdown };
  for (let left = runs; left > 0; left -= 1) {
    results.push(await measure(browser, server, url, name, benchText(scenario.chars), run));
    console.log(`${name}, ${scenario.name}: ${results.at(-1)?.mainThreadMs.toFixed(0)} ms on the main thread`);
  }
  return { name, scenario: scenario.name, result: median(results) };
}

async function openingLine(browser: Browser, page: OpenPage): Promise<Line<OpenResult>> {
  const results: OpenResult[] = [];
  for (let left = runs; left > 0; left -= 1) {
    results.push(await measureOpen(browser, url, page));
    console.log(`${page.name}, 500 messages: readable after ${results.at(-1)?.openMs.toFixed(0)} ms`);
  }
  return { name: page.name, scenario: "500 messages", result: median(results) };
}

function browserArguments(): string[] {
  const quiet = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return ["--no-sandbox", "--disable-gpu", ...quiet];
}
