// `npm start`: starts the demo, its worker, and the stand-in provider for every connection without a key.
import { startStandIn } from "../demo/stand-in/server.ts";
import { planConnection } from "./lib/connections.ts";
import { readDevVars } from "./lib/dev-vars.ts";
import { endWithParent, exitOf } from "./lib/lifetime.ts";
import { answerHelp, flagValue, readVariables } from "./lib/flags.ts";
import { loadProject } from "./lib/load-project.ts";
import { explainMistakes } from "./lib/mistake.ts";
import { printWarnings } from "./lib/project-warnings.ts";
import { stateFolder } from "./lib/state-folder.ts";
import { printTable } from "./lib/table.ts";
import { checkVariables, startWorker } from "./lib/worker.ts";

endWithParent();
explainMistakes();
const flags = process.argv.slice(2);
answerHelp(flags, "Usage: npm start -- [--port <number>] [other options of `wrangler dev`]");
const [project, standIn] = await Promise.all([loadProject(), startStandIn()]);
printWarnings(project);
const values = { ...readDevVars(), ...readVariables(flags) };
const plans = new Map(
  Object.entries(project.connections).map(([name, connection]) => [
    name,
    planConnection(connection, values, standIn.url),
  ]),
);
const variables = Object.fromEntries([...plans.values()].flatMap((plan) => Object.entries(plan.variables)));
checkVariables(flags, variables);
// Bundler and database take seconds to load, which no mistake above should take.
const { ensureDemo } = await import("./lib/build-demo.ts");
const { ingestDemoDocuments } = await import("./lib/ingest/demo-documents.ts");
await ensureDemo();
await ingestDemoDocuments(project, stateFolder(flagValue(flags, "--persist-to")));
const worker = await startWorker(["--log-level", "warn", ...flags], variables);

console.log();
printTable(
  ["assistant", "connection", "answered by"],
  [...project.assistants.values()].map(({ id, models: [{ connection, provider, model }] }) => {
    const missing = plans.get(connection)?.missing;
    return [id, connection, missing === undefined ? `${provider}, ${model}` : "the stand-in on this machine"];
  }),
);
for (const [name, { missing }] of plans)
  if (missing !== undefined) console.log(`\nTo use the real provider of ${name}, edit .dev.vars. ${missing}`);
if (worker.portWasTaken) console.log("\nPort 8787 is in use, so the next free port was chosen.");
console.log(`\nTo try each assistant, open ${worker.url}/compare`);
console.log(`\nOpen ${worker.url}\n`);
process.exit(await exitOf(worker.process));
