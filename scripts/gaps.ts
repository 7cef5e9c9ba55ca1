// `npm run gaps -- <assistant>`: prints the questions that an assistant's documents do not answer.
import type { Assistant } from "../worker/assistants/assistant.ts";
import { migrate } from "../worker/context/full-text/migrate.ts";
import { gapsBinding } from "../worker/gaps/gap.ts";
import { readArguments } from "./lib/arguments.ts";
import { describeAvailable, findAssistant } from "./lib/find-assistant.ts";
import { makeReport, type GapReport } from "./lib/gaps/report.ts";
import { writeJson, writeTable } from "./lib/gaps/write-report.ts";
import { databaseMistake } from "./lib/ingest/database-mistake.ts";
import { documentsOf } from "./lib/ingest/documents-source.ts";
import type { OpenDatabase } from "./lib/ingest/local-database.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes, Mistake, warn } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";
import { stateFolder } from "./lib/state-folder.ts";

const usage =
  "Usage: npm run --silent gaps -- <assistant> [--days <number>] [--json] [--persist-to <folder>] [--remote]";

endWithParent();
explainMistakes();
const { positionals, flags } = readArguments(usage, {
  days: { type: "string" },
  json: { type: "boolean", default: false },
  "persist-to": { type: "string" },
  remote: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
});
const project = await loadProject();
printWarnings(project);
if (flags.help) {
  console.log(`${usage}\n${describeAvailable(project)}`);
  process.exit();
}
const [id = "", ...others] = positionals;
const assistant = findAssistant(project, id);
if (assistant === undefined || others.length > 0) throw new Mistake(`${usage}\n${describeAvailable(project)}`);
const setting = "`context: { sources: [documents()], keepUnanswered: true }`";
const file = `assistants/${id}/assistant.ts`;
if (assistant.context.searched.length === 0) {
  throw new Mistake(
    `${file}: its context searches nothing, so no question is kept: add ${setting}, as docs/gaps.md shows.`,
  );
}
if (flags.days !== undefined && !/^[1-9]\d{0,4}$/.test(flags.days)) {
  throw new Mistake(`--days is ${JSON.stringify(flags.days)}: write a number of days, 1 or more.`);
}
if (flags.remote && flags["persist-to"] !== undefined) {
  throw new Mistake(
    "--remote and --persist-to cannot be used together: --remote is the deployment, --persist-to is this machine.",
  );
}
const since = flags.days === undefined ? 0 : Date.now() - Number(flags.days) * 24 * 60 * 60 * 1000;
const documentsBinding = documentsOf(assistant.context)?.database;
const report = await readReport(assistant, since).catch((error: unknown) => {
  throw databaseMistake(error, "Run the command again.");
});

if (flags.json) console.log(writeJson(report));
else if (report.questions > 0) {
  const width = Math.min(Math.max(process.stdout.columns ?? 80, 80), 160);
  console.log(writeTable(report, width, documentsBinding !== undefined));
}
if (!assistant.context.keepUnanswered) {
  warn(`${file} keeps no questions: to keep them, write ${setting}, and deploy again. docs/gaps.md says what is kept.`);
} else if (report.questions === 0) {
  const where = flags.remote ? "the deployment" : "the database on this machine; --remote reads the deployment's";
  const when = flags.days === undefined ? "yet" : `in the last ${flags.days} days`;
  console.error(`No questions of ${id} have been kept ${when}. This is ${where}.`);
}
process.exit();

/** Reads the report. It creates or upgrades the tables first, so that the worker can keep questions from now on. */
async function readReport(of: Assistant, from: number): Promise<GapReport> {
  const gaps = await open(gapsBinding);
  const isOther = documentsBinding !== undefined && documentsBinding !== gapsBinding;
  const documents = isOther ? await open(documentsBinding) : gaps;
  try {
    for (const { database } of new Set([gaps, documents])) await migrate(database);
    return await makeReport({ gaps: gaps.database, documents: documents.database }, of, from);
  } finally {
    for (const { close } of new Set([gaps, documents])) await close();
  }
}

/**
 * Opens a database. Miniflare and wrangler take a second to load, so they are imported only here, after the mistakes
 * above are reported.
 */
async function open(binding: string): Promise<OpenDatabase> {
  if (flags.remote) return (await import("./lib/ingest/remote-database.ts")).openRemoteDatabase(binding);
  const folder = stateFolder(flags["persist-to"]);
  return (await import("./lib/ingest/local-database.ts")).openLocalDatabase(binding, folder);
}
