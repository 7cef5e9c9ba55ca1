import type { ErrorCode } from "./error-codes.ts";

const messages: Record<ErrorCode, string> = {
  invalid_request: "The request is invalid.",
  unauthorized: "The session is missing, invalid or has expired.",
  origin_not_allowed: "This website is not allowed to use this assistant.",
  challenge_failed: "We couldn't verify you're human.",
  not_found: "The requested resource was not found.",
  turn_in_progress: "An answer in this conversation is still in progress.",
  conflict: "This id has already been used for a different request.",
  payload_too_large: "The request is too large.",
  prompt_too_long: "The message is too long.",
  content_filtered: "The AI provider's content filter blocked the message.",
  rate_limited: "Too many requests. Wait a moment and try again.",
  budget_exhausted: "This assistant has reached its usage limit. Try again later.",
  internal: "Something went wrong on our end.",
  provider_rejected: "The AI provider rejected the request.",
  provider_unavailable: "The AI provider is unavailable.",
  handover_failed: "The message could not be delivered. Try again in a moment.",
  provider_rate_limited: "The AI provider is busy. Try again in a moment.",
  provider_overloaded: "The AI provider is overloaded. Try again in a moment.",
  not_configured: "This assistant is not set up yet.",
  provider_timeout: "The AI provider took too long to respond.",
  upstream_truncated: "The answer was cut off.",
};

/** The fixed English sentence for a code. No other text about an error is sent to the browser. */
export function errorMessage(code: ErrorCode): string {
  return messages[code];
}

/** Optional details of an error. */
export interface ChatErrorOptions {
  /** How long to wait before trying again, in milliseconds. */
  retryAfterMs?: number;
  /** For the operator's log only, in our own words: never a provider's text, a prompt or a key. */
  detail?: string;
  /** For `invalid_request`: which field is wrong and why. It is appended to the message. */
  field?: string;
  /** The caught error, for a debugger. It is never logged or sent. */
  cause?: unknown;
}

/** An expected failure. Bugs throw plain errors, which become `internal` in one place. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;
  readonly field: string | undefined;

  /** @param code one of the published codes; the error's message is the sentence for that code */
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
