import { startStandIn } from "../../demo/stand-in/server.ts";
import type { Project } from "../../worker/assistants/project.ts";
import { planConnection } from "./connections.ts";
import { readDevVars } from "./dev-vars.ts";
import { exitOf } from "./lifetime.ts";
import { readVariables } from "./flags.ts";
import { printWarnings } from "./project-warnings.ts";
import { printTable } from "./table.ts";
import { checkVariables, startWorker } from "./worker.ts";

/** What the demo is started with. */
export interface DemoOptions {
  project: Project;
  /** The developer's own flags for `wrangler dev`. */
  flags: readonly string[];
  /** The worker's entry file, if it is not the one in wrangler.toml. */
  entry?: string;
  /** Values for variables of the worker that are not set. */
  variables?: Readonly<Record<string, string>>;
  /**
   * Brings in the documents of the demo. `values` are the worker's variables, without those that {@link startWorker}
   * adds.
   */
  ingest(values: Readonly<Record<string, string>>): Promise<void>;
}

/**
 * Starts the demo, its worker, and the stand-in provider for every connection without a key.
 * @returns the exit code of the worker, once it has ended
 */
export async function runDemo({ project, flags, entry, variables = {}, ingest }: DemoOptions): Promise<number> {
  const standIn = await startStandIn();
  printWarnings(project);
  const values = { ...variables, ...readDevVars(), ...readVariables(flags) };
  const plans = new Map(
    Object.entries(project.connections).map(([name, connection]) => [
      name,
      planConnection(connection, values, standIn.url),
    ]),
  );
  const added = Object.fromEntries([...plans.values()].flatMap((plan) => Object.entries(plan.variables)));
  checkVariables(flags, { ...variables, ...added });
  // The bundler takes a second to load, so it is imported only here, after the mistakes above are reported.
  const { ensureDemo } = await import("./build-demo.ts");
  await ensureDemo();
  await ingest({ ...values, ...added });
  const all = [...(entry === undefined ? [] : [entry]), "--log-level", "warn", ...flags];
  const worker = await startWorker(all, { ...variables, ...added });

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
  return exitOf(worker.process);
}
