import { ChatError } from "../../protocol/index.ts";
import type { Assistant } from "../assistants/assistant.ts";
import type { VisitorStore } from "./store.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Counts a turn of this visitor in.
 * @param now milliseconds since the epoch
 * @throws ChatError `rate_limited` where a minute's or a day's are used up
 */
export function takeTurn(store: VisitorStore, limits: Assistant["limits"], now: number): void {
  const paces = [
    { unitMs: dayMs, limit: limits.visitorTurnsPerDay },
    { unitMs: minuteMs, limit: limits.visitorTurnsPerMinute },
  ];
  for (const { unitMs, limit } of paces) {
    const period = Math.floor(now / unitMs);
    if (store.turns(unitMs, period) >= limit) {
      throw new ChatError("rate_limited", { retryAfterMs: (period + 1) * unitMs - now });
    }
  }
  for (const { unitMs } of paces) store.countTurn(unitMs, Math.floor(now / unitMs));
}
