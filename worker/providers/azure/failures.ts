import { ChatError, type ErrorCode } from "../../../protocol/index.ts";
import { isRecord, recordIn, textIn, type JsonRecord } from "../narrow.ts";
import { describeStreamError } from "../refusal.ts";

const errorCodes: ReadonlyMap<string, ErrorCode> = new Map([
  ["content_filter", "content_filtered"],
  ["ResponsibleAIPolicyViolation", "content_filtered"],
  ["content_policy_violation", "content_filtered"], // OpenAI and OpenRouter
  ["data_inspection_failed", "content_filtered"], // Alibaba
  ["rate_limit_exceeded", "provider_rate_limited"],
  ["RateLimitReached", "provider_rate_limited"],
  ["429", "provider_rate_limited"],
  ["too_many_requests", "provider_rate_limited"],
  ["overloaded", "provider_overloaded"],
  ["engine_overloaded", "provider_overloaded"],
  ["529", "provider_overloaded"],
]);

/** Maps an error of a chat completions API to our code, by its code and type. Its text is never passed on. */
export function errorFromBody(error: unknown): ErrorCode | undefined {
  if (isFiltered(error)) return "content_filtered";
  if (!isRecord(error)) return undefined;
  const names = [error.code, error.type, recordIn(error, "innererror").code];
  for (const name of names) {
    const code = errorCodes.get(String(name));
    if (code !== undefined) return code;
  }
  return undefined;
}

/** Recognizes filters that report no code: OpenRouter's moderation, and Grok's, which reports only a sentence. */
function isFiltered(error: unknown): boolean {
  if (typeof error === "string") return /content violates usage guidelines/i.test(error);
  return isRecord(error) && recordIn(error, "metadata").flagged_input !== undefined;
}

/**
 * Finds the error that a frame reports: under `error`, in Groq's own field, or the frame itself, as vLLM and others send
 * it.
 * @param name name of the server-sent event
 * @returns the error, or undefined if the frame reports none
 */
export function errorIn(frame: JsonRecord, name: string | undefined): unknown {
  const reported = isSet(frame.error) ? frame.error : recordIn(frame, "x_groq").error;
  if (isSet(reported)) return reported;
  if (name === "error" || frame.object === "error" || frame.type === "error") return frame;
  if (frame.choices !== undefined) return undefined;
  return textIn(frame, "message") === undefined && !isSet(frame.detail) ? undefined : frame;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== "";
}

/** Our error for an error that the provider reports in its stream. */
export function errorInStream(error: unknown): ChatError {
  const code = errorFromBody(error) ?? "provider_unavailable";
  return new ChatError(code, { detail: describeStreamError(error) });
}
