import { isErrorCode, isRetryable } from "../../protocol/index.ts";
import type { ErrorEvent } from "../../protocol/index.ts";
import { TransportError } from "../transport/failure.ts";
import type { Failure, FailureCode } from "./state.ts";

/** Up to this wait, in milliseconds, a question goes out again by itself: longer, and the visitor is elsewhere. */
const longestAutomaticMs = 60_000;

/**
 * What the visitor is told of something that was thrown. Anything but a `TransportError` is a bug of ours: it goes
 * to the console, and the visitor hears `internal`.
 * @param at now, in milliseconds since the epoch
 */
export function toFailure(error: unknown, at: number): Failure {
  if (!(error instanceof TransportError)) {
    console.error("Rivulet Chat:", error);
    return { code: "internal", canRetry: true };
  }
  const { code, requestId, retryAfterMs } = error;
  const retryAt = retryAfterMs === undefined ? undefined : at + retryAfterMs;
  // a code of the network, or a session that was refused: the next try may well succeed
  const canRetry = !isErrorCode(code) || code === "unauthorized" || isRetryable(code);
  const isAutomatic = canRetry && retryAfterMs !== undefined && retryAfterMs < longestAutomaticMs;
  return { code, canRetry, requestId, retryAt, ...(isAutomatic ? { isAutomatic } : {}) };
}

/** The same of a turn that ended in an `error` event. */
export function endedIn(event: ErrorEvent, at: number): Failure {
  const { code, requestId, retryable, retryAfterMs } = event;
  return { code, canRetry: retryable, requestId, retryAt: retryAfterMs === undefined ? undefined : at + retryAfterMs };
}

/** What is not even asked for, since it cannot succeed as it is. */
export function refusal(code: FailureCode): Failure {
  return { code, canRetry: false };
}
