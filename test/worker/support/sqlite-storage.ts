import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** The process was killed: nothing more is written. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * An object's storage on an in-memory database that fails before a write of the test's choice. A transaction is one
 * write, and so is a statement outside of a transaction. The platform guarantees more (writes without an `await` in
 * between are atomic), so whatever holds here also holds there.
 */
export class SqliteStorage {
  /** Writes so far. */
  writes = 0;
  /** Called when the process is killed. */
  onKill: () => void = () => undefined;
  readonly database: DatabaseSync;
  readonly #killAt: number;
  #isKilled = false;
  #depth = 0;

  /** @param killAt the number of the first write that fails, counted from 1 */
  constructor(database = new DatabaseSync(":memory:"), killAt = Infinity) {
    this.database = database;
    this.#killAt = killAt;
  }

  /** This storage as the type that the store expects. The store uses only these four members of it. */
  get storage(): DurableObjectStorage {
    const exec = (query: string, ...values: SQLInputValue[]) => {
      const rows = this.#exec(query, values);
      return { toArray: () => rows };
    };
    const transactionSync = (run: () => void) => this.#transaction(run);
    const kv = { get: (key: string) => this.#get(key), put: this.#put.bind(this), delete: this.#delete.bind(this) };
    const used = { sql: { exec }, kv, transactionSync, deleteAll: () => this.#deleteAll() };
    return used as unknown as DurableObjectStorage;
  }

  /** Every row of a query. */
  rows(query: string): Record<string, unknown>[] {
    return this.database.prepare(query).all();
  }

  #exec(query: string, values: SQLInputValue[]): Record<string, unknown>[] {
    const isRead = /^\s*SELECT/i.test(query);
    if (isRead && this.#isKilled) throw new Killed();
    if (!isRead && this.#depth === 0) this.#write();
    if (values.length > 0 || isRead) return this.database.prepare(query).all(...values);
    this.database.exec(query); // can contain several statements
    return [];
  }

  #transaction(run: () => void): void {
    if (this.#depth === 0) this.#write();
    this.#depth += 1;
    const name = `nested${this.#depth}`;
    this.database.exec(`SAVEPOINT ${name}`);
    try {
      run();
      this.database.exec(`RELEASE ${name}`);
    } catch (error) {
      this.database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Reads a value. As on the platform, values are in a table, which is created when the first value is stored. */
  #get(key: string): unknown {
    if (this.rows("SELECT 1 FROM sqlite_master WHERE name = '_cf_KV'").length === 0) return undefined;
    const [row] = this.#exec("SELECT value FROM _cf_KV WHERE key = ?", [key]);
    return row && JSON.parse(String(row["value"]));
  }

  #put(key: string, value: unknown): void {
    this.#transaction(() => {
      this.database.exec("CREATE TABLE IF NOT EXISTS _cf_KV (key TEXT PRIMARY KEY, value TEXT)");
      this.#exec("INSERT OR REPLACE INTO _cf_KV VALUES (?, ?)", [key, JSON.stringify(value)]);
    });
  }

  #delete(key: string): void {
    if (this.#get(key) !== undefined) this.#exec("DELETE FROM _cf_KV WHERE key = ?", [key]);
  }

  #deleteAll(): Promise<void> {
    this.#write();
    const tables = this.rows("SELECT name FROM sqlite_master WHERE type = 'table'");
    for (const { name } of tables) this.database.exec(`DROP TABLE ${String(name)}`);
    return Promise.resolve();
  }

  #write(): void {
    if (!this.#isKilled && (this.writes += 1) >= this.#killAt) {
      this.#isKilled = true;
      this.onKill();
    }
    if (this.#isKilled) throw new Killed();
  }
}
