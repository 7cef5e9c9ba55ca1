// `npm start`: the demo, its worker, and the stand-in provider for every connection that has no key.
import { startStandIn } from "../demo/stand-in/server.ts";
import { adapters } from "../worker/providers/adapters.ts";
import { ensureDemo } from "./lib/build-demo.ts";
import { planConnections } from "./lib/connections.ts";
import { readDevVars } from "./lib/dev-vars.ts";
import { endWithParent, exitOf } from "./lib/lifetime.ts";
import { loadProject } from "./lib/load-project.ts";
import { printTable } from "./lib/table.ts";
import { startWorker } from "./lib/worker.ts";

endWithParent();
const [project, standIn] = await Promise.all([loadProject(), startStandIn(), ensureDemo()]);
const plans = planConnections(project.connections, adapters, readDevVars(), standIn.url);
const variables = Object.fromEntries([...plans.values()].flatMap((plan) => Object.entries(plan.variables)));
const worker = await startWorker(["--log-level", "warn", ...process.argv.slice(2)], variables);

console.log();
printTable(
  ["assistant", "connection", "answered by"],
  [...project.assistants.values()].map(({ id, connection, model }) => {
    const plan = plans.get(connection);
    return [id, connection, plan?.missing ? `the stand-in: ${plan.missing}` : `${plan?.provider} (${model})`];
  }),
);
if (worker.portWasTaken) console.log("\nPort 8787 is taken, so this is the next free one.");
console.log(`\nOpen ${worker.url}\n`);

process.exit(await exitOf(worker.process));
