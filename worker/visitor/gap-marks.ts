import type { Gap, GapReason } from "../gaps/gap.ts";
import type { Sql } from "../storage/sql.ts";

/** Reads which questions count as unanswered: one of their answers is marked as unanswered, or was rated down. */
export function readGaps(sql: Sql): Gap[] {
  const rows = sql`
    SELECT DISTINCT message, 'nothing_found' AS reason FROM answer WHERE details ->> '$.isUnanswered'
    UNION SELECT message, 'rated_down' FROM answer WHERE feedback ->> '$.rating' = 'down'`;
  return rows.map(({ message, reason }) => ({ message: String(message), reason: reason as GapReason }));
}

/** The key of one value in the object's key-value storage. It has no table, because most objects never store it. */
const key = "gaps due at";

/**
 * Records that questions must still be removed from D1, where the operator reads them. This record is kept when
 * everything else about the visitor is deleted.
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
