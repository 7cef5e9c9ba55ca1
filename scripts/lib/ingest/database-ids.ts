import { readFileSync } from "node:fs";
import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import { Mistake } from "../mistake.ts";
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
 * Reads the id under which wrangler stores each D1 database on this machine. Asking wrangler itself would load all of
 * it, which takes a second.
 * @param file path of a `wrangler.toml`
 * @returns the ids by binding
 * @throws Mistake if the file is not TOML, or its databases are not written as wrangler expects
 * @see https://developers.cloudflare.com/workers/wrangler/configuration/#d1-databases
 */
export function readDatabaseIds(file: string = at("wrangler.toml")): Map<string, string> {
  const { env, ...top } = readConfiguration(file);
  const { d1_databases } = env[process.env.CLOUDFLARE_ENV ?? ""] ?? top;
  return new Map(
    d1_databases.map(({ binding, database_id, preview_database_id }) => [
      binding,
      preview_database_id ?? database_id ?? binding,
    ]),
  );
}

function readConfiguration(file: string): v.InferOutput<typeof configuration> {
  const read = v.safeParse(configuration, parseToml(readFileSync(file, "utf8")));
  if (read.success) return read.output;
  throw unreadable(v.getDotPath(read.issues[0]) ?? "it");
}

function parseToml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw error instanceof TomlError ? unreadable(`line ${error.line}`) : error;
  }
}

function unreadable(place: string): Mistake {
  return new Mistake(`wrangler.toml: ${place} cannot be read: write it as docs/documents.md shows.`);
}
