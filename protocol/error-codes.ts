/**
 * The error codes of the wire protocol, version 1, each with its HTTP status and whether the same request can succeed
 * later. The English sentences are in `errors.ts`, a separate file, because the widget does not load them: it has its own.
 *
 * `upstream_truncated` is only sent inside a stream, so its status appears in log lines only.
 */
const table = {
  invalid_request: { status: 400, retryable: false },
  unauthorized: { status: 401, retryable: false },
  origin_not_allowed: { status: 403, retryable: false },
  challenge_failed: { status: 403, retryable: true },
  not_found: { status: 404, retryable: false },
  turn_in_progress: { status: 409, retryable: true },
  conflict: { status: 409, retryable: false },
  payload_too_large: { status: 413, retryable: false },
  prompt_too_long: { status: 422, retryable: false },
  content_filtered: { status: 422, retryable: false },
  rate_limited: { status: 429, retryable: true },
  budget_exhausted: { status: 429, retryable: false },
  internal: { status: 500, retryable: true },
  provider_rejected: { status: 502, retryable: false },
  provider_unavailable: { status: 502, retryable: true },
  provider_rate_limited: { status: 503, retryable: true },
  provider_overloaded: { status: 503, retryable: true },
  not_configured: { status: 503, retryable: false },
  provider_timeout: { status: 504, retryable: true },
  upstream_truncated: { status: 502, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

/** One of the published error codes. */
export type ErrorCode = keyof typeof table;

/** Every published error code, in the order of the table in `docs/protocol.md`. */
export const errorCodes = /* @__PURE__ */ Object.keys(table) as readonly ErrorCode[];

/** Whether an unknown value is one of the published codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(table, value);
}

/** The HTTP status for a code. */
export function errorStatus(code: ErrorCode): (typeof table)[ErrorCode]["status"] {
  return table[code].status;
}

/** Whether the same request can succeed later. */
export function isRetryable(code: ErrorCode): boolean {
  return table[code].retryable;
}
