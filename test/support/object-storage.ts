import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Reads the real SQLite files of a class of Durable Objects, beside the API.
 * @param state the folder that the worker persists to
 * @param className e.g. `Ledger`
 * @returns one list of rows an object
 */
export async function queryObjects(
  state: string,
  className: string,
  query: string,
): Promise<Record<string, unknown>[][]> {
  const root = join(state, "v3", "do");
  const folder = (await readdir(root)).find((name) => name.endsWith(`-${className}`));
  if (folder === undefined) return [];
  const files = (await readdir(join(root, folder))).filter(
    (name) => name.endsWith(".sqlite") && name !== "metadata.sqlite",
  );
  return files.map((file) => {
    const database = new DatabaseSync(join(root, folder, file), { readOnly: true });
    try {
      return database
        .prepare(query)
        .all()
        .map((row) => ({ ...row }));
    } finally {
      database.close();
    }
  });
}
