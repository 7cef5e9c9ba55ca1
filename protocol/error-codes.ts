/**
 * The error codes of the wire protocol, version 1. The English sentences are in a separate file, `errors.ts`, because
 * the widget has sentences of its own and does not load them. It does not load the HTTP statuses either.
 */

/**
 * The HTTP status of each code. `upstream_truncated` is only sent inside a stream: its status appears in log lines
 * only.
 */
const statuses = {
  invalid_request: 400,
  unauthorized: 401,
  origin_not_allowed: 403,
  challenge_failed: 403,
  not_found: 404,
  turn_in_progress: 409,
  conflict: 409,
  payload_too_large: 413,
  prompt_too_long: 422,
  content_filtered: 422,
  rate_limited: 429,
  budget_exhausted: 429,
  internal: 500,
  provider_rejected: 502,
  provider_unavailable: 502,
  handover_failed: 502,
  provider_rate_limited: 503,
  provider_overloaded: 503,
  not_configured: 503,
  provider_timeout: 504,
  upstream_truncated: 502,
} as const satisfies Record<string, number>;

/** One of the published error codes. */
export type ErrorCode = keyof typeof statuses;

/** Whether the same request can succeed later, for each code. */
const retryable: Readonly<Record<ErrorCode, boolean>> = {
  invalid_request: false,
  unauthorized: false,
  origin_not_allowed: false,
  challenge_failed: true,
  not_found: false,
  turn_in_progress: true,
  conflict: false,
  payload_too_large: false,
  prompt_too_long: false,
  content_filtered: false,
  rate_limited: true,
  budget_exhausted: false,
  internal: true,
  provider_rejected: false,
  provider_unavailable: true,
  handover_failed: true,
  provider_rate_limited: true,
  provider_overloaded: true,
  not_configured: false,
  provider_timeout: true,
  upstream_truncated: true,
};

/** Every published error code, in the order of the table in `docs/protocol.md`. */
export const errorCodes = /* @__PURE__ */ Object.keys(retryable) as readonly ErrorCode[];

/** Whether an unknown value is one of the published codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(retryable, value);
}

/** The HTTP status for a code. */
export function errorStatus(code: ErrorCode): (typeof statuses)[ErrorCode] {
  return statuses[code];
}

/** Whether the same request can succeed later. */
export function isRetryable(code: ErrorCode): boolean {
  return retryable[code];
}
