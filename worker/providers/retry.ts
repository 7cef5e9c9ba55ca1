import { ChatError } from "../../protocol/index.ts";
import type { ErrorCode } from "../../protocol/index.ts";
import type { ProviderEvent } from "./provider.ts";

/** Attempts after the first one. More would not help a visitor who waits, and costs the provider. */
const maxRetries = 2;

/** All waits of one turn together, in milliseconds: longer, and an error with a button is the better answer. */
const maxTotalWaitMs = 2000;

/** The first wait, in milliseconds; the second is twice as long. */
const firstWaitMs = 300;

/**
 * What may be gone a moment later. Not `provider_timeout`: its visitor has waited long enough, and would wait as long
 * again.
 */
const retried: ReadonlySet<ErrorCode> = new Set([
  "provider_unavailable",
  "provider_rate_limited",
  "provider_overloaded",
  "upstream_truncated",
]);

export interface RetryOptions {
  /** Ends the waits as well: an abort is not an error. */
  signal: AbortSignal;
  /** Called before each attempt, counted from 1; what it throws ends the turn. */
  beforeAttempt?: (attempt: number) => void | Promise<void>;
  /** Called when an attempt failed, whether or not there will be another. */
  attemptFailed?: (error: unknown, progress: AttemptProgress) => void;
}

/** How far an attempt came. */
export interface AttemptProgress {
  /** The provider took the request. */
  isAccepted: boolean;
  /** Something of an answer came. */
  hasPiece: boolean;
}

/**
 * Streams from a provider, and tries again as long as nothing of an answer has come: three attempts and two seconds of
 * waiting at the most. A `Retry-After` longer than what is left of that means no further attempt.
 * @param open begins one attempt
 * @yields the events of the attempts as one stream: `accepted` once, and each warning once
 * @throws ChatError of the last attempt
 */
export async function* streamWithRetry(
  open: () => AsyncIterable<ProviderEvent>,
  options: RetryOptions,
): AsyncGenerator<ProviderEvent> {
  const seen = new SeenEvents();
  let waitedMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    await options.beforeAttempt?.(attempt);
    try {
      for await (const event of open()) if (seen.isNew(event)) yield event;
      return;
    } catch (error) {
      options.attemptFailed?.(error, { isAccepted: seen.isAccepted, hasPiece: seen.hasPiece });
      const waitMs = waitBefore(attempt, error);
      if (seen.hasPiece || waitMs === undefined || waitedMs + waitMs > maxTotalWaitMs) throw error;
      waitedMs += waitMs;
      await sleep(waitMs, options.signal);
      if (options.signal.aborted) return;
    }
  }
}

/** What the consumer has had, so that a further attempt does not tell it again. */
class SeenEvents {
  readonly #warnings = new Set<string>();
  isAccepted = false;
  hasPiece = false;

  isNew(event: ProviderEvent): boolean {
    switch (event.type) {
      case "accepted": {
        const isNew = !this.isAccepted;
        this.isAccepted = true;
        return isNew;
      }
      case "warning": {
        const isNew = !this.#warnings.has(event.code);
        this.#warnings.add(event.code);
        return isNew;
      }
      case "usage":
        return true; // cumulative: the living attempt's replaces a dead one's
      case "reasoning":
      case "delta":
      case "citation":
      case "finish":
        this.hasPiece = true;
        return true;
    }
  }
}

/** How long to wait before trying again, in milliseconds; undefined where that is no use. */
function waitBefore(attempt: number, error: unknown): number | undefined {
  if (attempt > maxRetries || !(error instanceof ChatError) || !retried.has(error.code)) return undefined;
  const backoffMs = firstWaitMs * 2 ** (attempt - 1);
  const jitteredMs = backoffMs * (0.75 + Math.random() / 2); // so that many turns do not come back as one
  return Math.max(jitteredMs, error.retryAfterMs ?? 0);
}

/** Ends early, and without an error, when the signal aborts. */
function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, delayMs);
    signal.addEventListener("abort", finish);
    if (signal.aborted) finish();
  });
}
