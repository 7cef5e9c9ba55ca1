import { ChatError } from "../../protocol/index.ts";
import type { ErrorCode } from "../../protocol/index.ts";
import type { AnswerStream, ProviderEvent, TakeEvent } from "./provider.ts";

/** How many attempts one model gets at most. More would not help a waiting visitor, and would burden the provider. */
export const maxAttemptsPerModel = 3;

/** Upper bound of all waits of one turn together, in milliseconds. An error message helps more than a longer wait. */
export const maxTotalWaitMs = 2000;

/** The first wait, in milliseconds; the second one is twice as long. */
const firstWaitMs = 300;

/**
 * Failures that are often temporary. `provider_timeout` is not among them, because the visitor has already waited for
 * the whole timeout, and would have to wait as long again.
 */
const retried: ReadonlySet<ErrorCode> = new Set([
  "provider_unavailable",
  "provider_rate_limited",
  "provider_overloaded",
  "upstream_truncated",
]);

/** Callbacks and the signal of the attempts. */
export interface RetryOptions {
  /** Also ends the waits between attempts. */
  signal: AbortSignal;
  /** How many attempts there may be. Default 3. */
  maxAttempts?: number;
  /** How long the turn may still wait between attempts. All of its models share this time. Default 2000 ms. */
  waits?: { leftMs: number };
  /** Takes the events of the attempts as one stream: `accepted` once, and each warning once. */
  take: TakeEvent;
  /** Called before each attempt, counted from 1; an error that it throws ends the turn. */
  beforeAttempt?: (attempt: number) => void | Promise<void>;
  /** Called when an attempt failed, whether or not another one follows. */
  attemptFailed?: (error: unknown, progress: AttemptProgress) => void;
}

/** How far the attempts have got so far. */
export interface AttemptProgress {
  /** The provider accepted one of the requests. */
  isAccepted: boolean;
  /** A piece of the answer arrived. */
  hasPiece: boolean;
}

/**
 * Opens an answer and reads up to its first piece. A failure before that piece is retried: by default at most three
 * attempts, and at most two seconds of waiting in total. If a `Retry-After` would exceed that total, there is no further
 * attempt.
 * @param open begins one attempt
 * @returns the stream, from which the caller reads the rest of the answer; undefined after an abort
 * @throws ChatError of the last attempt
 */
export async function openWithRetry(
  open: () => Promise<AnswerStream>,
  options: RetryOptions,
): Promise<AnswerStream | undefined> {
  const { signal, take, beforeAttempt, attemptFailed } = options;
  const { maxAttempts = maxAttemptsPerModel, waits = { leftMs: maxTotalWaitMs } } = options;
  const seen = new SeenEvents();
  for (let attempt = 1; ; attempt += 1) {
    await beforeAttempt?.(attempt);
    try {
      const stream = await open();
      await stream.readToFirstPiece((event) => {
        if (seen.isNew(event)) take(event);
      });
      return stream;
    } catch (error) {
      if (signal.aborted) return undefined;
      attemptFailed?.(error, { isAccepted: seen.isAccepted, hasPiece: seen.hasPiece });
      const waitMs = attempt < maxAttempts ? waitBefore(attempt, error) : undefined;
      if (seen.hasPiece || waitMs === undefined || waitMs > waits.leftMs) throw error;
      waits.leftMs -= waitMs;
      await sleep(waitMs, signal);
      if (signal.aborted) return undefined;
    }
  }
}

/** Remembers the events that were passed on, so that a further attempt does not repeat them. */
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
        return true; // cumulative: the usage of this attempt replaces that of a failed one
      case "reasoning":
        this.hasPiece ||= event.content !== "";
        return true;
      case "delta":
      case "citation":
      case "finish":
        this.hasPiece = true;
        return true;
    }
  }
}

/** How long to wait before the next attempt, in milliseconds; undefined if another attempt cannot help. */
function waitBefore(attempt: number, error: unknown): number | undefined {
  if (!(error instanceof ChatError) || !retried.has(error.code)) return undefined;
  const backoffMs = firstWaitMs * 2 ** (attempt - 1);
  const jitteredMs = backoffMs * (0.75 + Math.random() / 2); // so that many turns do not retry at the same moment
  return Math.max(jitteredMs, error.retryAfterMs ?? 0);
}

/** Waits for `delayMs`. When the signal aborts, the wait ends early and without an error. */
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
