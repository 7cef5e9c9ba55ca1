import { sqlOn } from "./sql.ts";

/** The tables of one kind of object, and the migrations from earlier versions. `docs/storage.md` has the rules. */
export interface Schema {
  /** Statements that make the tables of a new object, each with its semicolon. */
  readonly tables: string;
  /** Statements that turn version 1 into 2, version 2 into 3, and so on. */
  readonly migrations: readonly string[];
}

/** Makes the tables of a new object. */
export function makeTables(storage: DurableObjectStorage, schema: Schema): void {
  storage.sql.exec(schema.tables + versionView(versionOf(schema)));
}

/**
 * Upgrades the tables of an existing object to the version of this code, in one transaction: a crash in the middle
 * leaves the old version. Tables without a version count as version 1.
 * @param storage the storage of an object that has tables
 * @throws Error if the tables are newer than this code
 */
export function migrate(storage: DurableObjectStorage, schema: Schema): void {
  const [version, found] = [versionOf(schema), readVersion(storage)];
  if (found === version) return;
  if (found > version) {
    const known = `this code supports only version ${version} and earlier`;
    throw new Error(`This object's tables have version ${found}, but ${known}: deploy a later version of the worker.`);
  }
  storage.transactionSync(() => {
    for (const statements of schema.migrations.slice(found - 1)) storage.sql.exec(statements);
    storage.sql.exec(`DROP VIEW IF EXISTS schema_version; ${versionView(version)}`);
  });
}

function versionOf({ migrations }: Schema): number {
  return migrations.length + 1;
}

/** The version is a view: unlike a table with one row, it costs no written row per object. */
function versionView(version: number): string {
  return `CREATE VIEW schema_version AS SELECT ${version} AS version;`;
}

function readVersion(storage: DurableObjectStorage): number {
  const sql = sqlOn(storage);
  const isThere = sql`SELECT name FROM sqlite_master WHERE name = 'schema_version'`.length > 0;
  return isThere ? Number(sql`SELECT version FROM schema_version`[0]?.["version"]) : 1;
}
