// `npm run ingest -- <assistant> <folders, files and addresses…>`: brings in the documents that an assistant answers
// from.
import type { DocumentsDefinition } from "../worker/context/full-text/documents.ts";
import type { CompletePostgresDocuments } from "../worker/context/postgres/documents.ts";
import { readArguments } from "./lib/arguments.ts";
import { devVarsFile, readDevVars } from "./lib/dev-vars.ts";
import { describeAvailable, findAssistant } from "./lib/find-assistant.ts";
import { readUrl } from "./lib/ingest/document-url.ts";
import { documentsOf, postgresDocumentsOf } from "./lib/ingest/documents-source.ts";
import type { OpenStore } from "./lib/ingest/open-store.ts";
import { isAddress, readAddresses } from "./lib/ingest/site/site-scope.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes, Mistake } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";
import { stateFolder } from "./lib/state-folder.ts";

const usage =
  "Usage: npm run --silent ingest -- <assistant> <folders, files and addresses…> [--url <prefix>] [--max-pages <number>] [--max-depth <number>] [--rate <number>] [--persist-to <folder>] [--remote] [--postgres <connection string>] [--dry-run] [--prune]";

explainMistakes();
const stop = new AbortController();
const done = Promise.withResolvers<void>();
endWithParent(() => {
  stop.abort();
  return done.promise;
});
const { positionals, flags } = readArguments(usage, {
  url: { type: "string" },
  "max-pages": { type: "string", default: "1000" },
  "max-depth": { type: "string", default: "10" },
  rate: { type: "string", default: "5" },
  "persist-to": { type: "string" },
  remote: { type: "boolean", default: false },
  postgres: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  prune: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
});
const project = await loadProject();
printWarnings(project);
const available = describeAvailable(project);
if (flags.help) {
  console.log(`${usage}\n${available}`);
  process.exit();
}
const [id = "", ...named] = positionals;
const assistant = findAssistant(project, id);
// Without anything named, --prune removes every document.
if (assistant === undefined || (named.length === 0 && !flags.prune)) throw new Mistake(`${usage}\n${available}`);
const settings = documentsOf(assistant.context);
const inPostgres = postgresDocumentsOf(assistant.context);
const open = inPostgres ? () => openPostgres(inPostgres) : settings && (() => openD1(settings));
if (open === undefined) {
  throw new Mistake(
    `assistants/${id}/assistant.ts: its context has no documents: add \`context: { sources: [documents()] }\`, as docs/documents.md shows.`,
  );
}
if (flags.url !== undefined && readUrl(flags.url) === undefined) {
  throw new Mistake(`--url is ${JSON.stringify(flags.url)}: write a path, as in /help, or a full URL.`);
}
if (flags.remote && flags["persist-to"] !== undefined) {
  throw new Mistake(
    "--remote and --persist-to cannot be used together: --remote is the deployment, --persist-to is this machine.",
  );
}
if (inPostgres === undefined && flags.postgres !== undefined) {
  throw new Mistake(`--postgres is for postgresDocuments(), which the context of ${id} does not have.`);
}
if (inPostgres !== undefined && (flags.remote || flags["persist-to"] !== undefined)) {
  throw new Mistake("--remote and --persist-to are for D1: name a Postgres database with --postgres.");
}
const limits = {
  maxPages: readNumber("max-pages", 1),
  maxDepth: readNumber("max-depth", 0),
  rate: readNumber("rate", 0.01),
};
const sites = readAddresses(named.filter(isAddress));
// npm runs this script in the project's folder; INIT_CWD is the folder in which npm was called.
const from = process.env.npm_lifecycle_event === "ingest" ? process.env.INIT_CWD : undefined;
const { runIngestion } = await import("./lib/ingest/run-ingestion.ts"); // the document parsers take a while to load
const exitCode = await runIngestion({
  assistant: id,
  language: (inPostgres ?? settings)?.language ?? "en",
  named: named.filter((name) => !isAddress(name)),
  sites,
  limits,
  from: from ?? process.cwd(),
  urlPrefix: flags.url,
  isDryRun: flags["dry-run"],
  isPruning: flags.prune,
  open,
  signal: stop.signal,
});
done.resolve();
process.exit(exitCode);

/** Reads the number in a flag. @param least the smallest number that is accepted */
function readNumber(name: "max-pages" | "max-depth" | "rate", least: number): number {
  const number = Number(flags[name]);
  if (flags[name].trim() !== "" && number >= least && (name === "rate" || Number.isInteger(number))) return number;
  const kind = name === "rate" ? "number" : "whole number";
  throw new Mistake(`--${name} is ${JSON.stringify(flags[name])}: write a ${kind}, ${least} or more.`);
}

async function openPostgres(source: CompletePostgresDocuments): Promise<OpenStore> {
  const values = { ...readDevVars(), ...process.env };
  const connectionString = flags.postgres ?? values[source.binding] ?? "";
  if (connectionString === "") {
    throw new Mistake(
      `Where is Postgres? Set ${source.binding} to its connection string, in the environment or in ${devVarsFile()}, or write --postgres <connection string>.`,
    );
  }
  const { storeInPostgres } = await import("./lib/ingest/open-store.ts");
  return storeInPostgres(source, id, connectionString, values);
}

/**
 * Miniflare and wrangler take a while to load, so they are imported only here, after the mistakes above are reported.
 */
async function openD1({ language, database }: DocumentsDefinition["documents"]): Promise<OpenStore> {
  const { storeInD1 } = await import("./lib/ingest/open-store.ts");
  const owner = { assistant: id, language };
  if (flags.remote) {
    const { openRemoteDatabase } = await import("./lib/ingest/remote-database.ts");
    return storeInD1(await openRemoteDatabase(database), owner);
  }
  const { openLocalDatabase } = await import("./lib/ingest/local-database.ts");
  return storeInD1(await openLocalDatabase(database, stateFolder(flags["persist-to"])), owner);
}
