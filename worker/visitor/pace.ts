import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { VisitorStore } from "./store.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * How many turns a visitor has begun in this minute and on this day. It is counted in memory at once, so that turns that
 * begin together all count, and written with the turn's beginning.
 */
export class Pace {
  readonly #store: VisitorStore;
  readonly #counts = new Map<number, { period: number; count: number }>();

  constructor(store: VisitorStore) {
    this.#store = store;
  }

  /**
   * Counts a turn in.
   * @param now milliseconds since the epoch
   * @throws ChatError `rate_limited` where a minute's or a day's are used up
   */
  take({ visitorTurnsPerMinute, visitorTurnsPerDay }: Assistant["limits"], now: number): void {
    const day = this.#current(dayMs, now);
    const minute = this.#current(minuteMs, now);
    if (day.count >= visitorTurnsPerDay) throw tooMany(dayMs, now);
    if (minute.count >= visitorTurnsPerMinute) throw tooMany(minuteMs, now);
    day.count += 1;
    minute.count += 1;
  }

  /** Writes what was counted. */
  keep(): void {
    for (const [unitMs, { period, count }] of this.#counts) this.#store.setTurns(unitMs, period, count);
  }

  #current(unitMs: number, now: number): { period: number; count: number } {
    const period = Math.floor(now / unitMs);
    const known = this.#counts.get(unitMs);
    const current = known?.period === period ? known : { period, count: this.#store.turns(unitMs, period) };
    this.#counts.set(unitMs, current);
    return current;
  }
}

function tooMany(unitMs: number, now: number): ChatError {
  return new ChatError("rate_limited", { retryAfterMs: (Math.floor(now / unitMs) + 1) * unitMs - now });
}
