import type { Assistant } from "../assistants/assistant.ts";

/**
 * How long a reply of the ledger is kept, in milliseconds. A browser keeps the profile for much longer, so this hardly
 * delays the news of a change.
 */
const keptMs = 5000;

interface Kept {
  until: number;
  hasRoom: Promise<boolean>;
}

/**
 * Remembers for a few seconds whether an assistant's own limits allow another turn. Anybody may request a profile, and
 * each assistant has only one ledger, which all its turns need. So each isolate asks a ledger at most once per
 * interval, however many requests arrive.
 */
export class Availability {
  readonly #kept = new Map<string, Kept>();

  /**
   * @param ask asks the ledger; called only if the ledger was not asked in the last few seconds, or if that failed
   * @param keepAlive lets the call finish even if the request that began it is gone: other requests may wait for it
   */
  hasRoom(
    { id }: Assistant,
    ask: () => Promise<boolean>,
    keepAlive: (work: Promise<unknown>) => void,
  ): Promise<boolean> {
    const known = this.#kept.get(id);
    const now = Date.now();
    if (known && now < known.until) return known.hasRoom;
    const hasRoom = ask();
    this.#kept.set(id, { until: now + keptMs, hasRoom });
    keepAlive(hasRoom.catch(() => this.#kept.delete(id))); // a failure is not kept
    return hasRoom;
  }
}
