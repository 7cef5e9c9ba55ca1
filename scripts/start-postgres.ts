// `npm run start:postgres`: the demo, with its documents in Postgres with pgvector instead of D1. Without a connection
// string in HYPERDRIVE, PGlite is the database: Postgres in this process, which forgets everything when it ends.
import { readDevVars } from "./lib/dev-vars.ts";
import { answerHelp, readVariables } from "./lib/flags.ts";
import { demoAssistant, ingestDemoDocuments } from "./lib/ingest/demo-documents.ts";
import { postgresDocumentsOf } from "./lib/ingest/documents-source.ts";
import { storeInPostgres } from "./lib/ingest/open-store.ts";
import { endWithParent } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { startPglite } from "./lib/postgres/pglite.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { runDemo } from "./lib/run-demo.ts";

endWithParent();
explainMistakes();
const flags = process.argv.slice(2);
answerHelp(flags, "Usage: npm run start:postgres -- [--port <number>] [other options of `wrangler dev`]");
await loadProject(); // loaded only to report the operator's mistakes
const { project } = await import("./lib/postgres/project.ts");
const given = { ...readDevVars(), ...readVariables(flags) }["HYPERDRIVE"];
const connectionString = given === undefined || given === "" ? (await startPglite()).connectionString : given;
const entry = "scripts/lib/postgres/worker.ts";
process.exit(await runDemo({ project, flags, entry, variables: { HYPERDRIVE: connectionString }, ingest }));

async function ingest(values: Readonly<Record<string, string>>): Promise<void> {
  const assistant = project.assistants.get(demoAssistant);
  const settings = assistant && postgresDocumentsOf(assistant.context);
  if (settings === undefined) return;
  const store = await storeInPostgres(settings, demoAssistant, connectionString, values);
  await ingestDemoDocuments(store, settings.language);
}
