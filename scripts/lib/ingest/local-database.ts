import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readOptions } from "wrangler";
import { Mistake } from "../mistake.ts";
import { at } from "../root.ts";

/** A database that is open. */
export interface OpenDatabase {
  database: D1Database;
  close(): Promise<void>;
}

/**
 * Opens the database that `npm start` and `npm run worker` use on this machine. They may be running.
 * @param binding its name in wrangler.toml
 * @param persistTo the folder of the worker's state, as in `npm run worker -- --persist-to`
 * @throws Mistake if wrangler.toml does not have it
 */
export async function openLocalDatabase(binding: string, persistTo: string): Promise<OpenDatabase> {
  const { d1Databases } = readOptions(at("wrangler.toml")).workerOptions;
  if (!Object.keys(d1Databases ?? {}).includes(binding)) throw missingBinding(binding);
  const { workers } = convertV4MiniflareOptions({
    name: "ingest",
    modules: true,
    script: "export default {}",
    compatibilityDate: "2026-10-01",
    d1Databases,
  });
  const resourcePersistencePath = join(persistTo, "v3"); // as wrangler has it
  const miniflare = new Miniflare({ workers, resourcePersistencePath, host: "127.0.0.1", port: 0, cf: false });
  return { database: await miniflare.getD1Database(binding), close: () => miniflare.dispose() };
}

/** What to do if wrangler.toml does not have the database. */
export function missingBinding(binding: string): Mistake {
  return new Mistake(
    `wrangler.toml: there is no D1 database with the binding ${binding}: add it under [[d1_databases]], as docs/documents.md shows.`,
  );
}
