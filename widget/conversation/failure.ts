import { isErrorCode, isRetryable } from "../../protocol/index.ts";
import { TransportError } from "../transport/failure.ts";
import type { Failure, FailureCode } from "./state.ts";

/**
 * A question is sent again automatically if the delay is shorter than this, in milliseconds. After a longer delay, the
 * visitor has probably moved on.
 */
const longestAutomaticMs = 60_000;

/**
 * Converts a thrown value to the failure that the visitor sees. Anything but a `TransportError` is a bug: it is logged,
 * and the visitor sees `internal`.
 * @param at now, in milliseconds since the epoch
 */
export function toFailure(error: unknown, at: number): Failure {
  if (!(error instanceof TransportError)) {
    console.error("Rivulet Chat:", error);
    return { code: "internal", canRetry: true };
  }
  const { code, requestId, retryAfterMs } = error;
  const retryAt = retryAfterMs === undefined ? undefined : at + retryAfterMs;
  // after a network error or a refused session, the next try can succeed
  const canRetry = isErrorCode(code) ? code === "unauthorized" || isRetryable(code) : code !== "signed_out";
  const isAutomatic = canRetry && retryAfterMs !== undefined && retryAfterMs < longestAutomaticMs;
  return { code, canRetry, requestId, retryAt, ...(isAutomatic ? { isAutomatic } : {}) };
}

/** Creates a failure that was detected on this page, such as a missing assistant. No retry is offered for it. */
export function refusal(code: FailureCode): Failure {
  return { code, canRetry: false };
}
