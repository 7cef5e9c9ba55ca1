import type { Assistant } from "../assistants/assistant.ts";

/**
 * How long an answer of the ledger is kept, in milliseconds. A browser keeps the profile for longer than that, so nobody
 * learns of a change later because of it.
 */
const keptMs = 5000;

interface Kept {
  until: number;
  hasRoom: Promise<boolean>;
}

/**
 * Whether assistants' own limits allow another turn, as their ledgers said in the last seconds. Anybody may ask for a
 * profile, and every turn needs the one ledger: so each isolate asks it once per interval, however many ask the isolate.
 */
export class Availability {
  readonly #kept = new Map<string, Kept>();

  /**
   * @param ask asks the ledger, unless its last answer is recent or on its way
   * @param keepAlive lets the call finish even if the request that began it is gone: others wait for it
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
