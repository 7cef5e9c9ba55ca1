import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { TurnCounts, VisitorStore } from "./store.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Limits how many turns a visitor begins per minute and per day. A turn is counted in memory at once, so that turns that
 * begin together all count, and is stored with the turn's beginning.
 */
export class TurnRate {
  readonly #store: VisitorStore;
  #counts: TurnCounts | undefined;

  constructor(store: VisitorStore) {
    this.#store = store;
  }

  /**
   * Counts a turn.
   * @param now milliseconds since the epoch
   * @throws ChatError `rate_limited` if the minute's or the day's turns are used up
   */
  count({ visitorTurnsPerMinute, visitorTurnsPerDay }: Assistant["limits"], now: number): void {
    const known = this.#counts ?? this.#store.turnCounts();
    const minute = current(known?.minute, Math.floor(now / minuteMs));
    const day = current(known?.day, Math.floor(now / dayMs));
    if (day.count >= visitorTurnsPerDay) throw tooMany(dayMs, now);
    if (minute.count >= visitorTurnsPerMinute) throw tooMany(minuteMs, now);
    this.#counts = { minute: { ...minute, count: minute.count + 1 }, day: { ...day, count: day.count + 1 } };
  }

  /** Stores what was counted. */
  store(): void {
    if (this.#counts) this.#store.setTurnCounts(this.#counts);
  }
}

function current(known: { period: number; count: number } | undefined, period: number) {
  return known?.period === period ? known : { period, count: 0 };
}

function tooMany(unitMs: number, now: number): ChatError {
  return new ChatError("rate_limited", { retryAfterMs: (Math.floor(now / unitMs) + 1) * unitMs - now });
}
