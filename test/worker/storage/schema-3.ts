import type { DatabaseSync } from "node:sqlite";

/** Turns the tables of a visitor's object back into those of version 3. */
export function toVersion3(database: DatabaseSync): void {
  database.exec(`
    ALTER TABLE message DROP COLUMN page_context;
    DROP VIEW schema_version;
    CREATE VIEW schema_version AS SELECT 3 AS version;
  `);
}
