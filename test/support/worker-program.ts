// Runs a bundled worker in workerd, without `wrangler dev` around it: a start takes a quarter of the CPU time. Its only
// argument is JSON, {@link WorkerProgram}. Sends the worker's URL to its parent once the worker answers.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";

/** What this program is told. */
export interface WorkerProgram {
  /** A folder of `bundleWorker`. */
  bundle: string;
  /** The absolute path of the folder of static files. */
  assets: string;
  /** The folder for the objects' storage. */
  state: string;
  /** The worker's environment variables and secrets. */
  variables: Record<string, string>;
  /** Hyperdrive bindings, and the connection string behind each. */
  hyperdrives: Record<string, string>;
}

const { bundle, assets, state, variables, hyperdrives }: WorkerProgram = JSON.parse(process.argv[2] ?? "");
const options: V4WorkerOptions & { modules: { type: "ESModule" | "Text"; path: string }[] } = JSON.parse(
  readFileSync(join(bundle, "options.json"), "utf8"),
);
const { workers } = convertV4MiniflareOptions({
  ...options,
  name: "rivulet-chat",
  modules: options.modules.map(({ type, path }) => ({ type, path: join(bundle, path) })),
  modulesRoot: bundle,
  bindings: variables,
  hyperdrives,
  assets: { ...options.assets, directory: assets },
});
const resourcePersistencePath = join(state, "v3"); // as `wrangler dev --persist-to` has it
const miniflare = new Miniflare({
  workers,
  resourcePersistencePath,
  unsafeInspectDurableObjects: true, // stores each object's name
  host: "127.0.0.1",
  port: 0,
  cf: false,
});
const { origin } = await miniflare.ready;
process.send?.({ url: origin });
