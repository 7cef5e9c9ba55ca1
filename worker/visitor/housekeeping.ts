import { replayWindowMs } from "../../protocol/index.ts";
import type { VisitorStore } from "./store.ts";

/** A token can be renewed for 30 days, and the last one made is good for some minutes more. */
const tokensLiveMs = 31 * 24 * 60 * 60 * 1000;

/**
 * Takes away what has had its time: logs that nobody can follow any more, conversations past their retention, and the
 * mark of void tokens when the last of them could have been renewed.
 * @param now milliseconds since the epoch
 */
export function cleanUp(store: VisitorStore, retentionMs: number, now: number): void {
  store.pruneLogs(now - replayWindowMs);
  store.expire(now - retentionMs);
  const mark = store.mark();
  if (mark && mark.keptUntil <= now) store.setMark(undefined);
}

/** When there is something to take away next, in milliseconds since the epoch; undefined where nothing is stored. */
export function nextCleanUp(store: VisitorStore, retentionMs: number): number | undefined {
  const [touched, logged, mark] = [store.oldestTouch(), store.oldestLog(), store.mark()];
  const times = [
    touched === undefined ? [] : [touched + retentionMs + 1],
    logged === undefined ? [] : [logged + replayWindowMs + 1],
    mark === undefined ? [] : [mark.keptUntil],
  ].flat();
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Voids every token that was made so far. */
export function voidTokens(store: VisitorStore, now: number): void {
  store.setMark({ generation: (store.mark()?.generation ?? 0) + 1, keptUntil: now + tokensLiveMs });
}

/** The generation of a new token. Where there is a mark, it must outlive that token too. */
export function enterGeneration(store: VisitorStore, now: number): number {
  const mark = store.mark();
  if (mark === undefined) return 0;
  store.setMark({ ...mark, keptUntil: now + tokensLiveMs });
  return mark.generation;
}
