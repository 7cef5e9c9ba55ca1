import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";

/** One Durable Object's storage as stored on the disk. */
export interface StoredObject {
  /** The name that the object was created with: `{assistant}/{visitor}` for a visitor's object. */
  name: string;
  file: string;
  /** The rows of our own tables, by table name. Numbers are bigints. */
  tables: Map<string, Record<string, SQLOutputValue>[]>;
}

const ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";

/**
 * Reads every object of a class from the files of a worker. The worker may be running.
 * @param state the folder that the worker persists to
 * @param className e.g. `Ledger`
 */
export function storedObjects(state: string, className: string): StoredObject[] {
  const files = globSync(join(state, `v3/do/*-${className}/*.sqlite`)).filter(
    (file) => basename(file) !== "metadata.sqlite",
  );
  return files.map((file) => {
    // The timeout is in milliseconds. An object that is being created locks its file.
    using database = new DatabaseSync(file, { readOnly: true, readBigInts: true, timeout: 10_000 });
    const all = (query: string) => database.prepare(query).all();
    const names = all(ours).map(({ name }) => String(name));
    const tables = new Map(names.map((name) => [name, all(`SELECT * FROM ${name}`)]));
    const hasName = all("SELECT 1 FROM sqlite_master WHERE name = '__miniflare_do_name'").length > 0;
    const [row] = hasName ? all("SELECT name FROM __miniflare_do_name") : [];
    return { name: String(row?.["name"] ?? ""), file, tables };
  });
}
