import { migrations } from "./migrations.ts";
import { sqlOn } from "./sql.ts";

/**
 * Brings a database to the version of this code. Each step is one transaction together with the new version, so a crash in
 * the middle leaves the version before it.
 * @throws Error if the database is of a later version
 */
export async function migrate(database: D1Database): Promise<void> {
  const sql = sqlOn(database);
  await sql`CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY) STRICT`.run();
  const found = (await sql`SELECT max(version) AS version FROM schema_versions`.first<number>("version")) ?? 0;
  if (found > migrations.length) {
    throw new Error(`This database has version ${found}; this version of Rivulet Chat knows ${migrations.length}.`);
  }
  for (const [index, statements] of [...migrations.entries()].slice(found)) {
    await database.batch([
      // If another run makes the same step at the same time, one of the two fails here and has changed nothing.
      sql`INSERT INTO schema_versions VALUES (${index + 1})`,
      ...statements.map((statement) => database.prepare(statement)),
    ]);
  }
}
