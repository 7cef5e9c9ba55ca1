import type { PostgresConnection } from "./connection.ts";
import { migrations, type MigrationPart } from "./migrations.ts";
import { sql } from "./sql.ts";

/**
 * The advisory lock that a run holds while it changes tables, so that two runs do so one after the other. The number is
 * arbitrary, but nothing else may use it.
 */
const lock = 7_483_648;

/**
 * Brings a database to the version of this code, in one transaction per part.
 * @throws Error if the database is of a later version, or ContextError
 */
export async function migrate(connection: PostgresConnection, parts: readonly MigrationPart[]): Promise<void> {
  for (const part of parts) await connection.transaction(() => migratePart(connection, part));
}

async function migratePart(connection: PostgresConnection, part: MigrationPart): Promise<void> {
  await connection.query(sql`SELECT pg_advisory_xact_lock(${lock})`);
  await connection.run(
    `SET LOCAL client_min_messages = warning;
    CREATE SCHEMA IF NOT EXISTS rivulet_chat;
    CREATE TABLE IF NOT EXISTS rivulet_chat.schema_versions (part TEXT PRIMARY KEY, version INTEGER NOT NULL)`,
  );
  const [row] = await connection.query<{ version: number }>(
    sql`SELECT version FROM rivulet_chat.schema_versions WHERE part = ${part}`,
  );
  const steps = migrations[part];
  const found = row?.version ?? 0;
  if (found > steps.length) {
    const known = `this release of Rivulet Chat supports only version ${steps.length} and earlier`;
    throw new Error(`This database has version ${found} of its tables, but ${known}: update Rivulet Chat.`);
  }
  for (const step of steps.slice(found)) await connection.run(step);
  await connection.query(
    sql`INSERT INTO rivulet_chat.schema_versions VALUES (${part}, ${steps.length})
      ON CONFLICT (part) DO UPDATE SET version = excluded.version`,
  );
}
