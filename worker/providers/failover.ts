import { ChatError, type ErrorCode } from "../../protocol/index.ts";
import type { ProviderEvent } from "./provider.ts";
import { streamWithRetry, type AttemptProgress } from "./retry.ts";

/** One model that can answer: the assistant's own first, then its fallbacks. */
export interface Candidate {
  /** Begins one attempt. */
  open(): AsyncIterable<ProviderEvent>;
}

/** What is to be done around the attempts. */
export interface FailoverOptions<C extends Candidate> {
  /** Ends the waits as well: an abort is not an error. */
  signal: AbortSignal;
  /** Called before each attempt of each candidate; what it throws ends the turn. */
  beforeAttempt(candidate: C): Promise<void>;
  /** Called when an attempt failed, whether or not there will be another. */
  attemptFailed(candidate: C, error: unknown, progress: AttemptProgress): void;
  /** Called when another candidate takes over. */
  fallBack(next: C): void;
}

/** What another model may cure. Not what the filter of one refused: another one would do the same. */
const cured: ReadonlySet<ErrorCode> = new Set([
  "provider_rejected",
  "provider_unavailable",
  "provider_rate_limited",
  "provider_overloaded",
  "provider_timeout",
  "upstream_truncated",
]);

/**
 * Streams from the first candidate that answers. Another one takes over only as long as nothing of an answer was shown.
 * @yields the events of the attempts; `accepted` comes again from each candidate
 * @throws ChatError of the last candidate
 */
export async function* streamWithFailover<C extends Candidate>(
  candidates: readonly C[],
  options: FailoverOptions<C>,
): AsyncGenerator<ProviderEvent> {
  for (const [at, candidate] of candidates.entries()) {
    let hasPiece = false;
    try {
      const events = streamWithRetry(() => candidate.open(), {
        signal: options.signal,
        beforeAttempt: () => options.beforeAttempt(candidate),
        attemptFailed: (error, progress) => {
          hasPiece = progress.hasPiece;
          options.attemptFailed(candidate, error, progress);
        },
      });
      yield* events;
      return;
    } catch (error) {
      const next = candidates[at + 1];
      const isCured = error instanceof ChatError && cured.has(error.code);
      if (next === undefined || hasPiece || !isCured || options.signal.aborted) throw error;
      options.fallBack(next);
    }
  }
}
