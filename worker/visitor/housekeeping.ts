import { ChatError, replayWindowMs } from "../../protocol/index.ts";
import { handoverKeptMs } from "./handover-marks.ts";
import type { TokenGeneration } from "./records.ts";
import type { VisitorStore } from "./store.ts";

/**
 * How long a token can be of use, in milliseconds. It can be renewed for 30 days, and the last renewed token is valid
 * for a few more minutes.
 */
const tokensLiveMs = 31 * 24 * 60 * 60 * 1000;

/** The times that decide when data is removed, in milliseconds. */
export interface KeepTimes {
  /** How long a conversation is kept after its last change. */
  retentionMs: number;
  /** How long a turn may take at most. */
  turnTimeoutMs: number;
}

/**
 * Removes what has expired: logs that nobody can follow any longer, conversations past their retention, marks of
 * delivered messages to a person, and the token generation once the last invalidated token can no longer be renewed.
 * @param now milliseconds since the epoch
 */
export function cleanUp(store: VisitorStore, { retentionMs }: KeepTimes, now: number): void {
  store.pruneLogs(now - replayWindowMs);
  store.expire(now - retentionMs);
  store.handovers.dropOld(now - handoverKeptMs);
  const current = store.tokenGeneration();
  if (current && current.keptUntil <= now) store.setTokenGeneration(undefined);
}

/**
 * When the object must wake next, in milliseconds since the epoch; undefined if nothing is due later. A running turn
 * counts: if the object was ended in the middle of a turn, it must end that turn even if its visitor never returns. The
 * log of an ended turn is removed after the same time, so one alarm serves both.
 * @param now milliseconds since the epoch. What was due by then is ignored: it has been removed, or a running turn
 *   keeps it
 */
export function nextDue(
  store: VisitorStore,
  { retentionMs, turnTimeoutMs }: KeepTimes,
  now: number,
): number | undefined {
  const watchMs = turnTimeoutMs + replayWindowMs;
  const times = [
    later(store.oldestChange(), retentionMs + 1),
    later(store.oldestRunning(), watchMs),
    later(store.oldestLog(), watchMs),
    store.tokenGeneration()?.keptUntil,
    store.gapDebt.dueAt,
    later(store.handovers.all()[0]?.deliveredAt, handoverKeptMs + 1),
  ]
    .filter((time) => time !== undefined)
    .filter((time) => time > now);
  return times.length === 0 ? undefined : Math.min(...times);
}

function later(time: number | undefined, byMs: number): number | undefined {
  return time === undefined ? undefined : time + byMs;
}

/** Invalidates every token issued so far. */
export function voidTokens(store: VisitorStore, now: number): void {
  store.setTokenGeneration(nextGeneration(store, now));
}

/** Invalidates everything issued so far: the visitor's tokens, and each `userToken` that the site signed for them. */
export function revoke(store: VisitorStore, now: number): void {
  store.setTokenGeneration({ ...nextGeneration(store, now), revokedAt: now });
}

/**
 * Removes everything except the token generation and the record that questions must be removed from D1. Invalidates
 * every token issued so far.
 */
export async function forget(store: VisitorStore, now: number): Promise<void> {
  const next = nextGeneration(store, now);
  const { dueAt } = store.gapDebt;
  const gone = store.destroy();
  store.setTokenGeneration(next);
  if (dueAt !== undefined) store.gapDebt.dueAt = dueAt;
  await gone;
}

function nextGeneration(store: VisitorStore, now: number): TokenGeneration {
  const { generation = 0, revokedAt = 0 } = store.tokenGeneration() ?? {};
  return { generation: generation + 1, keptUntil: now + tokensLiveMs, revokedAt };
}

/**
 * Returns the generation for a new token. If a generation is stored, it is kept longer, so that it outlives that token
 * too.
 * @param signedAt when the site signed who the visitor is, in milliseconds since the epoch
 * @throws ChatError `unauthorized` if the operator has since revoked what the site signed
 */
export function enterGeneration(store: VisitorStore, signedAt: number, now: number): number {
  const current = store.tokenGeneration();
  if (current === undefined) return 0;
  if (signedAt <= current.revokedAt) {
    throw new ChatError("unauthorized", { detail: "userToken: it was issued before the person was signed out" });
  }
  store.setTokenGeneration({ ...current, keptUntil: now + tokensLiveMs });
  return current.generation;
}
