import type { Gap, GapReason } from "../gaps/gap.ts";
import type { Sql } from "../storage/sql.ts";

/** Reads which questions count as unanswered: one of their answers is marked so, or was rated down. */
export function readGaps(sql: Sql): Gap[] {
  const rows = sql`
    SELECT DISTINCT message, 'nothing_found' AS reason FROM answer WHERE details ->> '$.isUnanswered'
    UNION SELECT message, 'rated_down' FROM answer WHERE feedback ->> '$.rating' = 'down'`;
  return rows.map(({ message, reason }) => ({ message: String(message), reason: reason as GapReason }));
}

/** The key of a single value. It has no table, because most objects never store it. */
const key = "gaps due at";

/**
 * Notes that questions have yet to be removed from where the operator reads them. The note survives the deletion of
 * everything else.
 */
export class GapDebt {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** When to try the removal again, in milliseconds since the epoch; undefined if nothing is to be removed. */
  get dueAt(): number | undefined {
    return this.#storage.kv.get<number>(key);
  }

  set dueAt(time: number | undefined) {
    if (time === undefined) this.#storage.kv.delete(key);
    else this.#storage.kv.put(key, time);
  }
}
