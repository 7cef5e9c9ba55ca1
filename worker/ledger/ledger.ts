import { DurableObject } from "cloudflare:workers";

/** What the ledger says to a turn that wants to begin. */
export type LedgerReply = { allowed: true } | { allowed: false; retryAfterMs: number };

const dayMs = 24 * 60 * 60 * 1000;

/** One assistant's ledger: it counts the turns of all visitors in a day (UTC). */
export class LedgerObject extends DurableObject {
  constructor(context: DurableObjectState, env: object) {
    super(context, env);
    context.storage.sql.exec("CREATE TABLE IF NOT EXISTS turns (day INTEGER PRIMARY KEY, count INTEGER NOT NULL)");
  }

  /** Counts one turn in, unless the day's limit is reached; then it says when the next day begins. */
  takeTurn(turnsPerDay: number): LedgerReply {
    const now = Date.now();
    const day = Math.floor(now / dayMs);
    if (this.#count(day) >= turnsPerDay) return { allowed: false, retryAfterMs: (day + 1) * dayMs - now };
    this.ctx.storage.sql.exec("DELETE FROM turns WHERE day < ?", day);
    this.ctx.storage.sql.exec(
      "INSERT INTO turns (day, count) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET count = count + 1",
      day,
    );
    return { allowed: true };
  }

  #count(day: number): number {
    const rows = this.ctx.storage.sql.exec<{ count: number }>("SELECT count FROM turns WHERE day = ?", day).toArray();
    return rows[0]?.count ?? 0;
  }
}
