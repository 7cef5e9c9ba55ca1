import { migrations } from "./migrations.ts";
import { rowsOf, sqlOn, type DocumentsDatabase } from "./sql.ts";

/**
 * Brings a database to the version of this code. Each step and its new version are written in one transaction, so a
 * crash in the middle of a step leaves the previous version.
 * @throws Error if the database is of a later version
 */
export async function migrate(database: DocumentsDatabase): Promise<void> {
  const sql = sqlOn(database);
  const [, versions] = await database.batch([
    sql`CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY) STRICT`,
    sql`SELECT coalesce(max(version), 0) AS version FROM schema_versions`,
  ]);
  const found = rowsOf<{ version: number }>(versions)[0]?.version ?? 0;
  if (found > migrations.length) {
    const known = `this release of Rivulet Chat supports only version ${migrations.length} and earlier`;
    throw new Error(`This database has version ${found} of its tables, but ${known}: update Rivulet Chat.`);
  }
  for (const [index, statements] of [...migrations.entries()].slice(found)) {
    await database.batch([
      // If two runs take the same step at the same time, one of them fails here and has changed nothing.
      sql`INSERT INTO schema_versions VALUES (${index + 1})`,
      ...statements.map((statement) => database.prepare(statement)),
    ]);
  }
}
