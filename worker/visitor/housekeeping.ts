import { replayWindowMs } from "../../protocol/index.ts";
import type { VisitorStore } from "./store.ts";

/** A token can be renewed for 30 days, and the last one made is good for some minutes more. */
const tokensLiveMs = 31 * 24 * 60 * 60 * 1000;

/** How long things are kept, in milliseconds. */
export interface Keeping {
  /** A conversation, after it was touched last. */
  retentionMs: number;
  /** The longest that a turn may take. */
  turnTimeoutMs: number;
}

/**
 * Takes away what has had its time: logs that nobody can follow any more, conversations past their retention, and the
 * mark of void tokens when the last of them could have been renewed.
 * @param now milliseconds since the epoch
 */
export function cleanUp(store: VisitorStore, { retentionMs }: Keeping, now: number): void {
  store.pruneLogs(now - replayWindowMs);
  store.expire(now - retentionMs);
  const mark = store.mark();
  if (mark && mark.keptUntil <= now) store.setMark(undefined);
}

/**
 * When the object must be awake next, in milliseconds since the epoch; undefined where nothing is stored. A running turn
 * counts, since an object that is ended in mid-turn, and that nobody comes back to, must end that turn all the same. So
 * long after a turn its log can go as well, so that one alarm serves for both.
 * @param now milliseconds since the epoch: what is due by then has been taken away, or is kept by a running turn
 */
export function nextDue(store: VisitorStore, { retentionMs, turnTimeoutMs }: Keeping, now: number): number | undefined {
  const watchMs = turnTimeoutMs + replayWindowMs;
  const times = [
    later(store.oldestTouch(), retentionMs + 1),
    later(store.oldestRunning(), watchMs),
    later(store.oldestLog(), watchMs),
    store.mark()?.keptUntil,
  ]
    .filter((time) => time !== undefined)
    .filter((time) => time > now);
  return times.length === 0 ? undefined : Math.min(...times);
}

function later(time: number | undefined, byMs: number): number | undefined {
  return time === undefined ? undefined : time + byMs;
}

/** Voids every token that was made so far. */
export function voidTokens(store: VisitorStore, now: number): void {
  store.setMark(nextMark(store, now));
}

/** Takes away everything but the mark, which voids every token that was made so far. */
export async function forget(store: VisitorStore, now: number): Promise<void> {
  const mark = nextMark(store, now);
  const gone = store.destroy();
  store.setMark(mark);
  await gone;
}

function nextMark(store: VisitorStore, now: number): { generation: number; keptUntil: number } {
  return { generation: (store.mark()?.generation ?? 0) + 1, keptUntil: now + tokensLiveMs };
}

/** The generation of a new token. Where there is a mark, it must outlive that token too. */
export function enterGeneration(store: VisitorStore, now: number): number {
  const mark = store.mark();
  if (mark === undefined) return 0;
  store.setMark({ ...mark, keptUntil: now + tokensLiveMs });
  return mark.generation;
}
