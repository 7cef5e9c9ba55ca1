// `npm run ingest -- <assistant> <folders, files and addresses…>`: brings in the documents that an assistant answers from.
import { readArguments } from "./lib/arguments.ts";
import { describeAvailable, findAssistant } from "./lib/find-assistant.ts";
import { readUrl } from "./lib/ingest/document-url.ts";
import { documentsOf } from "./lib/ingest/documents-source.ts";
import { runIngestion } from "./lib/ingest/run-ingestion.ts";
import { isAddress, readAddresses } from "./lib/ingest/site/site-scope.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes, Mistake } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";
import { stateFolder } from "./lib/state-folder.ts";

const usage =
  "Usage: npm run --silent ingest -- <assistant> <folders, files and addresses…> [--url <prefix>] [--max-pages <number>] [--max-depth <number>] [--rate <number>] [--persist-to <folder>] [--remote] [--dry-run] [--prune]";

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
const settings = documentsOf(assistant);
if (settings === undefined) {
  throw new Mistake(
    `assistants/${id}/assistant.ts: its context has no documents: add \`context: { sources: [documents()] }\`, as docs/documents.md shows.`,
  );
}
if (flags.url !== undefined && readUrl(flags.url) === undefined) {
  throw new Mistake(`--url is ${JSON.stringify(flags.url)}: write a path, as in /help, or a full URL.`);
}
if (flags.remote && flags["persist-to"] !== undefined) {
  throw new Mistake("--remote and --persist-to exclude each other: the one is the deployment, the other this machine.");
}
const limits = {
  maxPages: readNumber("max-pages", 1),
  maxDepth: readNumber("max-depth", 0),
  rate: readNumber("rate", 0.01),
};
const sites = readAddresses(named.filter(isAddress));
const { language, database } = settings;
// npm runs this in the project's folder, and names the one in which it was called.
const from = process.env.npm_lifecycle_event === "ingest" ? process.env.INIT_CWD : undefined;
const exitCode = await runIngestion({
  assistant: id,
  language,
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

/** @param least the smallest number that makes sense */
function readNumber(name: "max-pages" | "max-depth" | "rate", least: number): number {
  const number = Number(flags[name]);
  if (flags[name].trim() !== "" && number >= least && (name === "rate" || Number.isInteger(number))) return number;
  const kind = name === "rate" ? "number" : "whole number";
  throw new Mistake(`--${name} is ${JSON.stringify(flags[name])}: write a ${kind}, ${least} or more.`);
}

/** wrangler takes a second to load, which no mistake above should take. */
async function open() {
  if (flags.remote) return (await import("./lib/ingest/remote-database.ts")).openRemoteDatabase(database);
  const folder = stateFolder(flags["persist-to"]);
  return (await import("./lib/ingest/local-database.ts")).openLocalDatabase(database, folder);
}
