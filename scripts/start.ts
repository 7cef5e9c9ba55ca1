// `npm start`: starts the demo, its worker, and the stand-in provider for every connection without a key.
import { endWithParent } from "./lib/lifetime.ts";
import { answerHelp, flagValue } from "./lib/flags.ts";
import { demoAssistant, ingestDemoDocuments } from "./lib/ingest/demo-documents.ts";
import { documentsOf } from "./lib/ingest/documents-source.ts";
import { openLocalDatabase } from "./lib/ingest/local-database.ts";
import { storeInD1 } from "./lib/ingest/open-store.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { runDemo } from "./lib/run-demo.ts";
import { stateFolder } from "./lib/state-folder.ts";

endWithParent();
explainMistakes();
const flags = process.argv.slice(2);
answerHelp(flags, "Usage: npm start -- [--port <number>] [other options of `wrangler dev`]");
const project = await loadProject();
process.exit(await runDemo({ project, flags, ingest }));

async function ingest(): Promise<void> {
  const assistant = project.assistants.get(demoAssistant);
  const settings = assistant && documentsOf(assistant.context);
  if (settings === undefined) return;
  const { language, database } = settings;
  const opened = await openLocalDatabase(database, stateFolder(flagValue(flags, "--persist-to")));
  await ingestDemoDocuments(storeInD1(opened, { assistant: demoAssistant, language }), language);
}
