import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { VisitorStore } from "./store.ts";
import { dayMs, minuteMs, periodsOf, type TurnCounts, type TurnPeriods } from "./turn-periods.ts";

/**
 * Limits how many turns a visitor begins per minute and per day. A turn is counted in memory at once, so that turns
 * that begin at the same time all count; the store counts it when its beginning is stored.
 *
 * The ledger applies the same limits, and its counts remain when the visitor deletes their data. This limit is checked
 * first, so that a flood from one visitor does not reach the ledger.
 */
export class TurnRate {
  readonly #store: VisitorStore;
  #counted: (TurnPeriods & TurnCounts) | undefined;

  constructor(store: VisitorStore) {
    this.#store = store;
  }

  /**
   * Counts a turn.
   * @param now milliseconds since the epoch
   * @throws ChatError `rate_limited` if the minute's or the day's turns are used up
   */
  count({ visitorTurnsPerMinute, visitorTurnsPerDay }: Assistant["limits"], now: number): void {
    const { minute, day } = periodsOf(now);
    const known = this.#counted ?? { minute, day, ...this.#store.turnCounts({ minute, day }) };
    const inMinute = known.minute === minute ? known.inMinute : 0;
    const onDay = known.day === day ? known.onDay : 0;
    if (onDay >= visitorTurnsPerDay) throw tooMany(dayMs, now);
    if (inMinute >= visitorTurnsPerMinute) throw tooMany(minuteMs, now);
    this.#counted = { minute, inMinute: inMinute + 1, day, onDay: onDay + 1 };
  }
}

function tooMany(unitMs: number, now: number): ChatError {
  return new ChatError("rate_limited", { retryAfterMs: (Math.floor(now / unitMs) + 1) * unitMs - now });
}
