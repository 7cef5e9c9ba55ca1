import { ChatError, type ErrorCode } from "../../protocol/index.ts";
import type { AnswerStream, TakeEvent } from "./provider.ts";
import { maxAttemptsPerModel, maxTotalWaitMs, openWithRetry, type AttemptProgress } from "./retry.ts";

/** One model that can answer. The assistant's own model is the first candidate, and its fallbacks follow. */
export interface Candidate {
  /** Begins one attempt. */
  open(): Promise<AnswerStream>;
}

/** Callbacks and the signal of the attempts. */
export interface FailoverOptions<C extends Candidate> {
  /** Also ends the waits between attempts. */
  signal: AbortSignal;
  /** Takes the events of the attempts; `accepted` comes again from each candidate. */
  take: TakeEvent;
  /** Called before each attempt of each candidate; an error that it throws ends the turn. */
  beforeAttempt(candidate: C): Promise<void>;
  /** Called when an attempt failed, whether or not another one follows. */
  attemptFailed(candidate: C, error: unknown, progress: AttemptProgress): void;
  /** Called when another candidate takes over. */
  fallBack(next: C): void;
}

/**
 * Upper bound of the attempts of one turn, at all of its models together: each attempt may cost something, and a
 * provider that is down gets up to this many times the usual load.
 */
const maxAttemptsPerTurn = 5;

/** Failures that another model may not have. `content_filtered` is not one: another filter would refuse as well. */
const fallbackCodes: ReadonlySet<ErrorCode> = new Set([
  "provider_rejected",
  "provider_unavailable",
  "provider_rate_limited",
  "provider_overloaded",
  "provider_timeout",
  "upstream_truncated",
]);

/**
 * Opens an answer from the first candidate that succeeds, and reads up to its first piece. After that piece, no other
 * candidate takes over. There are five attempts at most. As far as they suffice, one of them is kept for each later
 * candidate.
 * @returns the stream, from which the caller reads the rest of the answer; undefined after an abort
 * @throws ChatError of the last candidate that was tried
 */
export async function openWithFailover<C extends Candidate>(
  candidates: readonly C[],
  { signal, take, beforeAttempt, attemptFailed, fallBack }: FailoverOptions<C>,
): Promise<AnswerStream | undefined> {
  const waits = { leftMs: maxTotalWaitMs };
  let attempts = 0;
  for (const [at, candidate] of candidates.entries()) {
    const others = candidates.length - at - 1;
    const maxAttempts = Math.min(maxAttemptsPerModel, Math.max(maxAttemptsPerTurn - attempts - others, 1));
    let hasPiece = false;
    try {
      return await openWithRetry(() => candidate.open(), {
        ...{ signal, take, maxAttempts, waits },
        beforeAttempt: () => {
          attempts += 1;
          return beforeAttempt(candidate);
        },
        attemptFailed: (error, progress) => {
          hasPiece = progress.hasPiece;
          attemptFailed(candidate, error, progress);
        },
      });
    } catch (error) {
      const next = candidates[at + 1];
      const canFallBack = error instanceof ChatError && fallbackCodes.has(error.code);
      if (next === undefined || attempts >= maxAttemptsPerTurn) throw error;
      if (hasPiece || !canFallBack || signal.aborted) throw error;
      fallBack(next);
    }
  }
  return undefined;
}
