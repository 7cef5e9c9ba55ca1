import { ChatError } from "../../protocol/index.ts";
import type { ErrorCode } from "../../protocol/index.ts";

/** Upper bound of a wait that is passed on. A `Retry-After` can name days, which is of no use to a visitor. */
export const maxRetryAfterMs = 60_000;

/** The part of `Headers` that is read here. */
export interface HeaderReader {
  get(name: string): string | null;
}

/** Details of a refusal for the operator, in addition to its status. */
export interface RefusalDetails {
  /** The name of the service that answered. */
  who?: string;
  /** The provider's own error code. It is a single word, never a sentence. */
  code?: string;
}

/**
 * Turns a provider's refusal into our error.
 * @param status the HTTP status, any but 200
 * @param headers the answer's headers, for `Retry-After`
 */
export function errorFromStatus(status: number, headers: HeaderReader, details: RefusalDetails = {}): ChatError {
  const { who = "The provider", code } = details;
  const named = code === undefined ? "" : ` (${code})`;
  const retryAfterMs = readRetryAfterMs(headers, Date.now());
  return new ChatError(codeOfStatus(status), {
    detail: `${who} answered with status ${status}${named}.`,
    retryAfterMs,
  });
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 429) return "provider_rate_limited";
  if (status === 529) return "provider_overloaded"; // Anthropic's own status for "overloaded"
  if (status === 408) return "provider_unavailable"; // the provider stopped waiting for us: a retry can help
  if (status >= 400 && status < 500) return "provider_rejected";
  return "provider_unavailable"; // 5xx, and redirects and other success codes, which no provider documents
}

/**
 * Reads how long a provider asks us to wait.
 * @param now milliseconds since the epoch, for a `Retry-After` that is a date
 * @returns milliseconds, at most {@link maxRetryAfterMs}, or undefined if there is no usable value
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function readRetryAfterMs(headers: HeaderReader, now: number): number | undefined {
  const exact = headers.get("retry-after-ms"); // not in the RFC: both Anthropic's gateways and Azure send it
  const plain = headers.get("retry-after");
  const waitMs = exact !== null ? Number(exact) : plain !== null ? fromRetryAfter(plain, now) : Number.NaN;
  if (!Number.isFinite(waitMs) || waitMs < 0) return undefined;
  return Math.min(Math.ceil(waitMs), maxRetryAfterMs);
}

function fromRetryAfter(value: string, now: number): number {
  return /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
}

/**
 * Checks that a provider accepted the request and began a stream.
 * @throws ChatError by status, or `provider_unavailable` if the response is not an event stream
 */
export function assertEventStream(response: { status: number; headers: HeaderReader }): void {
  if (response.status !== 200) throw errorFromStatus(response.status, response.headers);
  const contentType = response.headers.get("content-type") ?? "";
  if (/^\s*text\/event-stream\s*(;|$)/i.test(contentType)) return;
  throw new ChatError("provider_unavailable", {
    detail: "The provider's response is not an event stream.",
  });
}

/**
 * Turns whatever ended a provider's stream into our error. Before the provider accepted the request, a broken stream is
 * `provider_unavailable`, because no part of an answer is lost; afterwards it is `upstream_truncated`.
 * @param accepted whether the provider had begun its answer
 */
export function toProviderError(error: unknown, accepted: boolean): ChatError {
  const known = findChatError(error);
  if (known !== undefined && (accepted || known.code !== "upstream_truncated")) return known;
  return accepted
    ? new ChatError("upstream_truncated", {
        detail: "The provider's stream broke or could not be read.",
        cause: error,
      })
    : new ChatError("provider_unavailable", {
        detail: known?.detail ?? "The provider's response could not be read.",
        cause: error,
      });
}

/**
 * The error for a stream that ended cleanly, but without the end marker of its wire format.
 * @param marker the missing marker, as the provider's documentation names it
 */
export function endedEarly(marker: string): ChatError {
  return new ChatError("upstream_truncated", { detail: `The provider's stream ended without ${marker}.` });
}

/** Finds our own error inside an error that an SDK wrapped around it. */
function findChatError(error: unknown): ChatError | undefined {
  let current = error;
  // No SDK wraps deeper than five levels, and the limit ends a cycle of causes.
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof ChatError) return current;
    current = current.cause;
  }
  return undefined;
}
