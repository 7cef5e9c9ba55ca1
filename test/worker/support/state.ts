import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { storedObjects, type StoredObject } from "../../support/object-storage.ts";

/** One visitor's object as stored on the disk. */
export type StoredVisitor = StoredObject;

/** Reads every visitor's object from the files of a worker. The worker may be running. */
export function storedVisitors(state: string): StoredVisitor[] {
  return storedObjects(state, "Visitor");
}

/** How many rows each of a visitor's tables has, without the empty tables. */
export function rowCounts({ tables }: StoredVisitor): Record<string, number> {
  const counts = [...tables].map(([name, rows]): [string, number] => [name, rows.length]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const times = {
  conversation: ["created_at", "updated_at", "deleted_at"],
  message: ["created_at"],
  answer: ["created_at", "ended_at"],
  token_generation: ["kept_until"],
};

/**
 * Makes everything in a visitor's object older, including its alarm, as if time had passed. Its worker must not be
 * running.
 */
export function passTime(state: string, { file, tables }: StoredVisitor, byMs: number): void {
  using database = new DatabaseSync(file);
  for (const [table, columns] of Object.entries(times)) {
    if (!tables.has(table)) continue;
    for (const column of columns) database.exec(`UPDATE ${table} SET ${column} = ${column} - ${byMs}`);
  }
  // The platform stores an alarm twice, in nanoseconds: in the object, and in the list of alarms that are due.
  database.exec(`UPDATE _cf_METADATA SET value = value - ${byMs} * 1000000 WHERE key = 1`);
  using alarms = new DatabaseSync(join(state, "v3/do/rivulet-chat-Visitor/metadata.sqlite"));
  const change = `UPDATE _cf_ALARM SET scheduled_time = scheduled_time - ${byMs} * 1000000 WHERE actor_id = ?`;
  alarms.prepare(change).run(basename(file, ".sqlite"));
}
