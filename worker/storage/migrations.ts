import { sqlOn } from "./sql.ts";

/** The tables of a kind of object, and how older ones become them. `docs/storage.md` has the rules. */
export interface Schema {
  /** The version of `tables`: one more than there are migrations. */
  readonly version: number;
  /** Statements that make the tables of a new object, `schema_version` among them. */
  readonly tables: string;
  /** Statements that turn version 1 into 2, version 2 into 3, and so on. */
  readonly migrations: readonly string[];
}

/**
 * Brings the tables of an object that wakes up to the version of this code, in one transaction: a crash in the middle
 * leaves the old version. Objects from before there were versions have no `schema_version` and count as version 1.
 * @param storage of an object that has tables
 */
export function migrate(storage: DurableObjectStorage, { version, migrations }: Schema): void {
  const found = readVersion(storage);
  if (found === version) return;
  if (found > version) throw new Error(`This object's tables have version ${found}; this code knows ${version}.`);
  storage.transactionSync(() => {
    for (const statements of migrations.slice(found - 1)) storage.sql.exec(statements);
    storage.sql.exec("UPDATE schema_version SET version = ?", version);
  });
}

function readVersion(storage: DurableObjectStorage): number {
  const sql = sqlOn(storage);
  const tables = sql`SELECT name FROM sqlite_master WHERE name = 'schema_version'`;
  if (tables.length === 0) return 1;
  return Number(sql`SELECT version FROM schema_version`[0]?.["version"] ?? 1);
}
