import type { ErrorCode } from "./error-codes.ts";

const messages: Record<ErrorCode, string> = {
  invalid_request: "The request is not valid.",
  unauthorized: "The session is missing, expired or not valid.",
  origin_not_allowed: "This website may not use this assistant.",
  challenge_failed: "The check that you are human did not pass.",
  not_found: "There is nothing here by that name.",
  turn_in_progress: "An answer in this conversation is still being written.",
  conflict: "This id was used before for something else.",
  payload_too_large: "The request is too large.",
  prompt_too_long: "The message is too long.",
  content_filtered: "The message was refused by the provider's content filter.",
  rate_limited: "Too many requests. Please wait a moment.",
  budget_exhausted: "This assistant has reached its limit for now.",
  internal: "Something went wrong on our side.",
  provider_rejected: "The AI provider refused the request.",
  provider_unavailable: "The AI provider cannot be reached.",
  provider_rate_limited: "The AI provider is busy. Please try again shortly.",
  provider_overloaded: "The AI provider is overloaded. Please try again shortly.",
  not_configured: "This assistant is not set up yet.",
  provider_timeout: "The AI provider did not answer in time.",
  upstream_truncated: "The answer broke off before its end.",
};

/** Our own fixed English sentence for a code: the only words about an error that cross the wire. */
export function errorMessage(code: ErrorCode): string {
  return messages[code];
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
