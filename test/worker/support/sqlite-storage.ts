import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** The process was killed: nothing is written any more. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * An object's storage on a database in memory, which dies before a write of the test's choice. A transaction is one
 * write; a statement outside of one is one by itself. The platform promises more (what is written without waiting in
 * between is kept together), so what holds here holds there.
 */
export class SqliteStorage {
  /** Writes so far. */
  writes = 0;
  /** Called at the moment of death. */
  onDeath: () => void = () => undefined;
  readonly database: DatabaseSync;
  readonly #killAt: number;
  #isDead = false;
  #depth = 0;

  /** @param killAt the write that is not done any more, counted from 1 */
  constructor(database = new DatabaseSync(":memory:"), killAt = Infinity) {
    this.database = database;
    this.#killAt = killAt;
  }

  /** The same, as the store wants it: of the platform's storage it uses these three alone. */
  get storage(): DurableObjectStorage {
    const exec = (query: string, ...values: SQLInputValue[]) => {
      const rows = this.#exec(query, values);
      return { toArray: () => rows };
    };
    const transactionSync = (run: () => void) => this.#transaction(run);
    const used = { sql: { exec }, transactionSync, deleteAll: () => this.#deleteAll() };
    return used as unknown as DurableObjectStorage;
  }

  /** Every row of a query. */
  rows(query: string): Record<string, unknown>[] {
    return this.database.prepare(query).all();
  }

  #exec(query: string, values: SQLInputValue[]): Record<string, unknown>[] {
    const isRead = /^\s*SELECT/i.test(query);
    if (isRead && this.#isDead) throw new Killed();
    if (!isRead && this.#depth === 0) this.#write();
    if (values.length > 0 || isRead) return this.database.prepare(query).all(...values);
    this.database.exec(query); // may hold several statements
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

  #deleteAll(): Promise<void> {
    this.#write();
    const tables = this.rows("SELECT name FROM sqlite_master WHERE type = 'table'");
    for (const { name } of tables) this.database.exec(`DROP TABLE ${String(name)}`);
    return Promise.resolve();
  }

  #write(): void {
    if (!this.#isDead && (this.writes += 1) >= this.#killAt) {
      this.#isDead = true;
      this.onDeath();
    }
    if (this.#isDead) throw new Killed();
  }
}
