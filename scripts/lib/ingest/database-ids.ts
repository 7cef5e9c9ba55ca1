import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import * as v from "valibot";
import { at } from "../root.ts";

const databases = v.optional(
  v.array(
    v.object({
      binding: v.string(),
      database_id: v.optional(v.string()),
      preview_database_id: v.optional(v.string()),
    }),
  ),
  [],
);

/** What is read from wrangler.toml. */
const configuration = v.object({
  d1_databases: databases,
  env: v.optional(v.record(v.string(), v.object({ d1_databases: databases })), {}),
});

/**
 * Reads the id under which wrangler stores each D1 database on this machine. Asking wrangler itself would load all of it,
 * which takes a second.
 * @param file a `wrangler.toml`
 * @returns the ids by binding
 * @see https://developers.cloudflare.com/workers/wrangler/configuration/#d1-databases
 */
export function readDatabaseIds(file: string = at("wrangler.toml")): Map<string, string> {
  const { env, ...top } = v.parse(configuration, parse(readFileSync(file, "utf8")));
  const { d1_databases } = env[process.env.CLOUDFLARE_ENV ?? ""] ?? top;
  return new Map(
    d1_databases.map(({ binding, database_id, preview_database_id }) => [
      binding,
      preview_database_id ?? database_id ?? binding,
    ]),
  );
}
