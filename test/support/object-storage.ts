import { copyFileSync, globSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
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
  const folder = mkdtempSync(join(tmpdir(), "rivulet-copies-"));
  try {
    return files.map((file) => ({ file, ...readObject(copyDatabase(file, folder)) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readObject(file: string): Omit<StoredObject, "file"> {
  using database = new DatabaseSync(file, { readBigInts: true });
  const all = (query: string) => database.prepare(query).all();
  const names = all(ours).map(({ name }) => String(name));
  const tables = new Map(names.map((name) => [name, all(`SELECT * FROM ${name}`)]));
  const hasName = all("SELECT 1 FROM sqlite_master WHERE name = '__miniflare_do_name'").length > 0;
  const [row] = hasName ? all("SELECT name FROM __miniflare_do_name") : [];
  return { name: String(row?.["name"] ?? ""), tables };
}

/**
 * Copies a database and its log, both as they were at the same moment. A second process that opened the files
 * themselves would share memory and locks with the running worker, and would fail while one of the files is created or
 * removed.
 */
function copyDatabase(file: string, folder: string): string {
  const parts = ["", "-wal"];
  const copy = join(folder, basename(file));
  let before: string;
  do {
    before = versionOf(file);
    for (const part of parts) copyIfThere(file + part, copy + part);
  } while (versionOf(file) !== before);
  return copy;
}

/** Changes whenever the database or its log does. */
function versionOf(file: string): string {
  const stats = [file, `${file}-wal`].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return stats.map((stat) => `${stat?.ino} ${stat?.size} ${stat?.mtimeNs}`).join(", ");
}

function copyIfThere(from: string, to: string): void {
  rmSync(to, { force: true });
  try {
    copyFileSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
