/**
 * The error codes of the wire protocol, version 1: each with its HTTP status, our own fixed sentence,
 * and whether trying the same thing again can help.
 *
 * `upstream_truncated` only ever travels inside a stream; its status is what a log line shows for it.
 */
const table = {
  invalid_request: { status: 400, retryable: false, message: "The request is not valid." },
  unauthorized: { status: 401, retryable: false, message: "The session is missing, expired or not valid." },
  origin_not_allowed: { status: 403, retryable: false, message: "This website may not use this assistant." },
  challenge_failed: { status: 403, retryable: true, message: "The check that you are human did not pass." },
  not_found: { status: 404, retryable: false, message: "There is nothing here by that name." },
  turn_in_progress: { status: 409, retryable: true, message: "An answer in this conversation is still being written." },
  conflict: { status: 409, retryable: false, message: "This id was used before for something else." },
  payload_too_large: { status: 413, retryable: false, message: "The request is too large." },
  prompt_too_long: { status: 422, retryable: false, message: "The message is too long." },
  content_filtered: {
    status: 422,
    retryable: false,
    message: "The message was refused by the provider's content filter.",
  },
  rate_limited: { status: 429, retryable: true, message: "Too many requests. Please wait a moment." },
  budget_exhausted: { status: 429, retryable: false, message: "This assistant has reached its limit for now." },
  internal: { status: 500, retryable: true, message: "Something went wrong on our side." },
  provider_rejected: { status: 502, retryable: false, message: "The AI provider refused the request." },
  provider_unavailable: { status: 502, retryable: true, message: "The AI provider cannot be reached." },
  provider_rate_limited: {
    status: 503,
    retryable: true,
    message: "The AI provider is busy. Please try again shortly.",
  },
  provider_overloaded: {
    status: 503,
    retryable: true,
    message: "The AI provider is overloaded. Please try again shortly.",
  },
  not_configured: { status: 503, retryable: false, message: "This assistant is not set up yet." },
  provider_timeout: { status: 504, retryable: true, message: "The AI provider did not answer in time." },
  upstream_truncated: { status: 502, retryable: true, message: "The answer broke off before its end." },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;

/** One of the published error codes. */
export type ErrorCode = keyof typeof table;

/** Every published error code, in the order of the protocol's table. */
export const errorCodes = Object.keys(table) as readonly ErrorCode[];

/** Whether an unknown value is one of the published codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(table, value);
}

/** The HTTP status that goes with a code. */
export function errorStatus(code: ErrorCode): (typeof table)[ErrorCode]["status"] {
  return table[code].status;
}

/** Our own fixed English sentence for a code: the only words about an error that cross the wire. */
export function errorMessage(code: ErrorCode): string {
  return table[code].message;
}

/** Whether trying the same request again later can succeed. */
export function isRetryable(code: ErrorCode): boolean {
  return table[code].retryable;
}

/** What an error may carry besides its code. */
export interface ChatErrorOptions {
  /** How long to wait before trying again, in milliseconds. */
  retryAfterMs?: number;
  /** For the operator's log alone, in our own words: never a provider's text, a prompt or a key. */
  detail?: string;
  /** For `invalid_request`: the field that is wrong, and why. It is appended to the message. */
  field?: string;
  /** What was caught, for a debugger. Never logged, never sent. */
  cause?: unknown;
}

/** An expected failure. Bugs throw plain errors and become `internal` in one place. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;
  readonly field: string | undefined;

  /** @param code one of the published codes; the message is that code's own sentence */
  constructor(code: ErrorCode, options: ChatErrorOptions = {}) {
    super(errorMessage(code), { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail;
    this.field = options.field;
  }
}

/** The body of every JSON error. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; retryAfterMs?: number; requestId: string };
}

/** Builds the JSON body of an error. */
export function errorBody(error: ChatError, requestId: string): ErrorBody {
  const message = error.field === undefined ? error.message : `${error.message} ${error.field}`;
  const { code, retryAfterMs } = error;
  return { error: { code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }), requestId } };
}
