/** The key of one value in the object's key-value storage. It has no table, because most objects never store it. */
const key = "handovers";

/**
 * How long a delivered message is remembered, in milliseconds: as long as e-mail services remember an idempotency key.
 */
export const handoverKeptMs = 24 * 60 * 60_000;

/** A message that was delivered. What it said is not kept. */
export interface HandoverMark {
  /** The id under which it was delivered. */
  id: string;
  /** In milliseconds since the epoch. */
  deliveredAt: number;
}

/** Remembers which messages to a person were delivered, so that a request that is sent again delivers nothing. */
export class HandoverMarks {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** All remembered messages, oldest first. */
  all(): readonly HandoverMark[] {
    return this.#storage.kv.get<HandoverMark[]>(key) ?? [];
  }

  has(id: string): boolean {
    return this.all().some((mark) => mark.id === id);
  }

  add(mark: HandoverMark): void {
    this.#storage.kv.put(key, [...this.all(), mark]);
  }

  /** Forgets the messages that were delivered before a time, in milliseconds since the epoch. */
  dropOld(before: number): void {
    const all = this.all();
    const kept = all.filter(({ deliveredAt }) => deliveredAt >= before);
    if (kept.length === 0) this.#storage.kv.delete(key);
    else if (kept.length < all.length) this.#storage.kv.put(key, kept);
  }
}
