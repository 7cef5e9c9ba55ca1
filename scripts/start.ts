// `npm start`: starts the demo, its worker, and the stand-in provider for every connection without a key.
import { endWithParent } from "./lib/lifetime.ts";
import { answerHelp, flagValue } from "./lib/flags.ts";
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

/**
 * Ingests the demo's documents. The database takes a second to load, so it is imported only here, after mistakes are
 * reported.
 */
async function ingest(): Promise<void> {
  const { ingestDemoIntoD1 } = await import("./lib/ingest/demo-documents.ts");
  await ingestDemoIntoD1(project, stateFolder(flagValue(flags, "--persist-to")));
}
