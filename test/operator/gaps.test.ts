// `npm run gaps` in an operator's own project: the real command, and the real database.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { openLocalDatabase } from "../../scripts/lib/ingest/local-database.ts";
import { at } from "../../scripts/lib/root.ts";
import type { GapReason } from "../../worker/gaps/gap.ts";
import { GapStore } from "../../worker/gaps/gap-store.ts";
import { OperatorProject } from "../support/operator-project.ts";

const help = "assistants/help/assistant.ts";
const troubleshooting = readFileSync(at("docs/troubleshooting.md"), "utf8");
const now = Date.UTC(2026, 10, 20, 12);
const dayMs = 86_400_000;

let project: OperatorProject;

before(async () => {
  project = await OperatorProject.create();
  project.edit(
    help,
    "  systemPrompt,",
    "  systemPrompt,\n  context: { sources: [documents({ minScore: 0.9 })], keepUnanswered: true },",
  );
  project.edit(
    help,
    "import systemPrompt",
    'import { documents } from "../../worker/context/full-text/documents.ts";\nimport systemPrompt',
  );
});
after(() => project[Symbol.asyncDispose]());

/** Stores questions as the worker does. */
async function plant(
  ...questions: [question: string, reason: GapReason, daysAgo: number, message?: string][]
): Promise<void> {
  const { database, close } = await openLocalDatabase("DOCUMENTS", join(project.folder, ".wrangler/state"));
  const store = new GapStore(database, ["a-visitor"]);
  for (const [question, reason, daysAgo, message = crypto.randomUUID()] of questions) {
    await store.keep("help", { question, reason, message, askedAt: now - daysAgo * dayMs }, 0);
  }
  await close();
}

interface Report {
  questions: number;
  groups: {
    question: string;
    count: number;
    lastAskedAt: string;
    reasons: Record<GapReason, number>;
    texts: string[];
    nearest: { path: string; title: string; url?: string; score: number } | null;
  }[];
}

/** Runs the command, and reads the report that it writes as JSON. */
async function report(...args: string[]): Promise<Report> {
  const { output, exitCode } = await project.run("gaps", "help", "--json", ...args);
  assert.equal(exitCode, 0, output);
  const json: Report = JSON.parse(output.slice(output.indexOf('{\n  "assistant"'), output.lastIndexOf("}") + 1));
  return json;
}

test("an empty report says why, and how to switch it on", async () => {
  const first = await project.run("gaps", "help");
  assert.equal(first.exitCode, 0, first.output);
  const empty =
    "No questions of help have been kept yet. This is the database on this machine; --remote reads the deployment's.";
  assert.ok(first.output.split("\n").includes(empty), first.output);
  project.edit(help, ", keepUnanswered: true", "");
  const second = await project.run("gaps", "help");
  assert.equal(second.exitCode, 0, second.output);
  const off = `Warning: ${help} keeps no questions: to keep them, write \`context: { sources: [documents()], keepUnanswered: true }\`, and deploy again. docs/gaps.md says what is kept.`;
  assert.ok(second.output.split("\n").includes(off), second.output);
  for (const sentence of [empty, off]) assert.ok(troubleshooting.includes(sentence), sentence);
  project.edit(help, "minScore: 0.9 })]", "minScore: 0.9 })], keepUnanswered: true");
});

test("questions are grouped, with the nearest document, as a table and as JSON", async () => {
  project.write("content/battery.md", "# Battery\n\n## Storage in winter\n\nThe battery is stored at ten degrees.\n");
  const ingested = await project.run("ingest", "help", "content", "--url", "/docs");
  assert.equal(ingested.exitCode, 0, ingested.output);
  const both = crypto.randomUUID();
  await plant(
    ["How long is the warranty of the battery?", "nothing_found", 1],
    ["How long is the warranty of the battery?", "nothing_found", 9],
    ["how long is the battery's warranty", "nothing_found", 2],
    ["Do you deliver to Iceland?", "rated_down", 3, both],
    ["Do you deliver to Iceland?", "nothing_found", 3, both],
    ["Is there a discount?", "nothing_found", (now - Date.now()) / dayMs],
    ["送料はいくらですか？\u001b[31m red\u009b2J\u202e", "nothing_found", 40],
  );
  const { questions, groups } = await report();
  assert.equal(questions, 6);
  const [warranty, discount, iceland, shipping, ...others] = groups;
  assert.deepEqual(others, []);
  assert.equal(discount?.question, "Is there a discount?");
  const { nearest, ...fields } = warranty ?? assert.fail();
  assert.deepEqual(fields, {
    question: "How long is the warranty of the battery?",
    count: 3,
    lastAskedAt: "2026-11-19T12:00:00.000Z",
    reasons: { nothing_found: 3, rated_down: 0 },
    texts: ["How long is the warranty of the battery?", "how long is the battery's warranty"],
  });
  assert.deepEqual(
    [nearest?.path, nearest?.title, nearest?.url],
    ["content/battery.md", "Battery › Storage in winter", "/docs/battery#storage-in-winter"],
  );
  assert.ok(nearest && nearest.score > 0 && nearest.score < 0.9, "below the threshold of an answer");
  assert.deepEqual(
    [iceland?.count, iceland?.reasons, iceland?.nearest],
    [1, { nothing_found: 1, rated_down: 1 }, null],
  );
  assert.equal(shipping?.question, "送料はいくらですか？[31m red2J", "nothing that a terminal would obey");

  const { output, exitCode } = await project.run("gaps", "help");
  assert.equal(exitCode, 0, output);
  assert.ok(!output.includes("\u001b") && !output.includes("\u009b"));
  const lines = output.slice(output.indexOf("6 unanswered")).trimEnd().split("\n");
  assert.match(lines[0] ?? "", /^6 unanswered questions of help, in 4 groups, 2026-10-11 to 20/);
  assert.match(lines[2] ?? "", /^asked {2}last {8}why {9}question {2,}nearest document$/);
  assert.match(lines[4] ?? "", /^3× {5}2026-11-19 {2}not found {3}How long/);
  assert.ok(
    lines.every(({ length }) => length <= 80),
    output,
  );
  const documented = readFileSync(at("docs/gaps.md"), "utf8");
  for (const line of lines.slice(2, 8)) assert.ok(documented.includes(line), `docs/gaps.md does not have it: ${line}`);

  const recent = await report("--days", "1");
  assert.deepEqual(
    recent.groups.map(({ question }) => question),
    ["Is there a discount?"],
    "what is older is left out",
  );
});

suite("mistakes on the command line", () => {
  const usage =
    "Usage: npm run --silent gaps -- <assistant> [--days <number>] [--json] [--persist-to <folder>] [--remote]";
  const mistakes: [args: string[], sentence: string, exitCode?: number][] = [
    [["--help"], usage, 0],
    [[], usage],
    [
      ["hel"],
      "There is no assistant hel in assistants/index.ts: did you mean help? The available assistants are help, desk.",
    ],
    [
      ["desk"],
      "assistants/desk/assistant.ts: its context searches nothing, so no question is kept: add `context: { sources: [documents()], keepUnanswered: true }`, as docs/gaps.md shows.",
    ],
    [["help", "--days", "week"], '--days is "week": write a number of days, 1 or more.'],
  ];
  for (const [args, sentence, expected = 1] of mistakes) {
    test(`gaps ${args.join(" ")}`, async () => {
      const { output, exitCode } = await project.run("gaps", ...args);
      assert.ok(output.split("\n").includes(sentence), `${sentence}\nwas not printed:\n${output}`);
      assert.doesNotMatch(output, /^\s+at /m, "a stack");
      assert.equal(exitCode, expected, output);
      assert.ok(troubleshooting.includes(sentence), `docs/troubleshooting.md does not have it: ${sentence}`);
    });
  }
});
