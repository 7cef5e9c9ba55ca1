import { DurableObject } from "cloudflare:workers";

/** A ledger that reserves and settles, with two calls and four written rows per turn. */
export class LedgerObject extends DurableObject<object> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: object) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec("CREATE TABLE IF NOT EXISTS open (key TEXT PRIMARY KEY, cost INTEGER) WITHOUT ROWID");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS spent (period TEXT PRIMARY KEY, cost INTEGER) WITHOUT ROWID");
  }

  reserve(key: string, cost: number): boolean {
    this.#sql.exec("INSERT INTO open VALUES (?, ?)", key, cost);
    this.#add(cost);
    return true;
  }

  settle(key: string, cost: number): void {
    const [open] = this.#sql.exec<{ cost: number }>("DELETE FROM open WHERE key = ? RETURNING cost", key).toArray();
    this.#add(cost - (open?.cost ?? 0));
  }

  #add(cost: number): void {
    this.#sql.exec(
      "INSERT INTO spent VALUES ('day', ?) ON CONFLICT (period) DO UPDATE SET cost = cost + excluded.cost",
      cost,
    );
  }
}
