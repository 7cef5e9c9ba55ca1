// `npm test [-- part of a path …]` runs every test, or those whose file path contains one of the words.
import type { SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, globSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDemo } from "./lib/build-demo.ts";
import { findBrowsers, noBrowserFound } from "./lib/find-browser.ts";
import { isPureTest } from "./lib/is-pure-test.ts";
import { endWithParent, runNode, startNode } from "./lib/lifetime.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { at, root, urlOf } from "./lib/root.ts";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Most files wait more than they compute: three at once, next to the browser tests, keep two processors busy. */
const filesAtOnce = 3;

/** How long one test file may take, in milliseconds: ten times what the slowest one needs. */
const fileTimeoutMs = 900_000;

endWithParent();
explainMistakes();
const words = process.argv.slice(2);
const files = globSync("test/**/*.test.ts", { cwd: root })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => !path.includes("node_modules"))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .toSorted();
if (files.length === 0) {
  console.error(`No path in test/ contains ${words.join(" or ")}.`);
  process.exit(1);
}
const browsers = findBrowsers();
if (browsers === undefined) {
  console.error(noBrowserFound);
  process.exit(1);
}
process.env.CHROME_PATH = browsers.chromium;
process.env.NODE_COMPILE_CACHE ??= at(".wrangler/compiled"); // most test files run in a process of their own
await ensureDemo();

const inBrowser = files.filter((path) => path.endsWith(".browser.test.ts"));
const inNode = files.filter((path) => !inBrowser.includes(path));
const folder = mkdtempSync(join(tmpdir(), "rivulet-test-"));
process.env.RIVULET_TEST_BUNDLES = join(folder, "bundles"); // each worker is bundled once
process.env.RIVULET_TEST_WORKERS = await startWorkers(); // one program runs the workers of all test files
const pure = inNode.filter(isPureTest);
const others = inNode.filter((path) => !pure.includes(path));
const counts = await Promise.all([testPure(pure), testInNode(others), testInBrowser(inBrowser)]);
rmSync(folder, { recursive: true });

const sum = (name: keyof Counts) => counts.reduce((total, count) => total + count[name], 0);
const skipped = sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : "";
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped}`);
process.exit(sum("failed") === 0 ? 0 : 1);

async function testInNode(paths: readonly string[]): Promise<Counts> {
  if (words.length === 0) await runNode([at("test/support/bundle-program.ts")]); // every worker is needed by some test
  const summary = join(folder, "node.json");
  return run(paths, summary, [...nodeFlags(summary), `--test-concurrency=${filesAtOnce}`, ...paths]);
}

/** Runs all files in one process. */
function testPure(paths: readonly string[]): Promise<Counts> {
  const summary = join(folder, "pure.json");
  return runPrintingLater("pure", paths, summary, [...nodeFlags(summary), "--test-isolation=none", ...paths]);
}

function testInBrowser(paths: readonly string[]): Promise<Counts> {
  const summary = join(folder, "browser.json");
  process.env.RIVULET_TEST_SUMMARY = summary;
  const runner = at("node_modules/@web/test-runner/dist/bin.js");
  return runPrintingLater("browser", paths, summary, [runner, "--files", ...paths]);
}

/** The flags with which Node runs tests. @param summary the file to which the counts are written */
function nodeFlags(summary: string): string[] {
  const reporters = ["spec", "stdout", urlOf("scripts/lib/count-tests.mjs"), summary].flatMap((value, index) => [
    index % 2 === 0 ? "--test-reporter" : "--test-reporter-destination",
    value,
  ]);
  return ["--import", urlOf("scripts/load-markdown.mjs"), "--test", `--test-timeout=${fileTimeoutMs}`, ...reporters];
}

/** The output is kept until the run ends, so that it is not mixed with other output. */
async function runPrintingLater(
  name: string,
  paths: readonly string[],
  summary: string,
  args: readonly string[],
): Promise<Counts> {
  const printed = join(folder, `${name}.txt`);
  const output = openSync(printed, "w");
  const counts = await run(paths, summary, args, { stdio: ["ignore", output, output, "ipc"] });
  closeSync(output);
  process.stdout.write(readFileSync(printed));
  return counts;
}

/** @returns the port of the program that runs workers */
async function startWorkers(): Promise<string> {
  const program = startNode([at("test/support/worker-program.ts")]);
  const message: unknown = (await once(program, "message"))[0];
  return String(Reflect.get(Object(message), "port"));
}

/** A run without a summary, or with a failing exit code but no failed test, counts as one failure. */
async function run(
  paths: readonly string[],
  summary: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Counts> {
  if (paths.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const code = await runNode(args, { cwd: root, ...options });
  if (!existsSync(summary)) console.error(`The run of ${paths.length} test files ended early: ${paths.join(", ")}`);
  const counts = readCounts(summary);
  return (code !== 0 || !existsSync(summary)) && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(file: string): Counts {
  const value: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const read = (name: keyof Counts) => Number(Reflect.get(Object(value), name) ?? 0);
  return { passed: read("passed"), failed: read("failed"), skipped: read("skipped") };
}
