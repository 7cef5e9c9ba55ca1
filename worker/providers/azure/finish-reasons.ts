import { ChatError, type ErrorCode } from "../../../protocol/index.ts";
import type { ProviderEvent } from "../provider.ts";
import { errorFromBody } from "./failures.ts";

type FinishReason = Extract<ProviderEvent, { type: "finish" }>["finishReason"];

/** Finish reasons, in lower case. The first three are OpenAI's, the others come from servers with a compatible API. */
const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["length", "length"],
  ["content_filter", "content_filter"],
  ["refusal", "refusal"],
  ["eos", "stop"], // Together
  ["eos_token", "stop"], // text-generation-inference, watsonx
  ["stop_sequence", "stop"],
  ["complete", "stop"], // Cohere
  ["max_tokens", "length"],
  ["model_length", "length"], // Mistral's name for a full context window
]);

/** Failures that are reported as a finish reason. */
const failures: ReadonlyMap<string, ErrorCode> = new Map([
  ["error", "provider_unavailable"], // OpenRouter, Mistral
  ["abort", "provider_unavailable"], // vLLM
  ["insufficient_system_resource", "provider_overloaded"], // DeepSeek
]);

/**
 * Whether a choice's `finish_reason` says why the answer ends. An empty one does not, and Grok documents `end_turn`, like
 * null, for chunks that are not the last one.
 * @see https://docs.x.ai/developers/rest-api-reference/inference/chat-completions
 */
export function isFinishReason(reported: unknown): reported is string {
  return typeof reported === "string" && reported !== "" && reported !== "end_turn";
}

/**
 * Whether a finish reason replaces an earlier one. A plain stop does not replace another reason: an answer that was cut
 * off, filtered or broken stays so.
 */
export function replaces(reported: string, earlier: string | undefined): boolean {
  return earlier === undefined || !isPlainStop(reported) || isPlainStop(earlier);
}

function isPlainStop(reported: string): boolean {
  return finishReasons.get(reported.toLowerCase()) === "stop";
}

/**
 * Maps a finish reason.
 * @param error the error that the choice reports with a failure, if any
 * @throws ChatError for a reported failure, and `upstream_truncated` for an unknown reason, because the answer may not
 *   be complete
 */
export function toFinishReason(reported: string, error: unknown): FinishReason {
  const name = reported.toLowerCase();
  const finishReason = finishReasons.get(name);
  if (finishReason !== undefined) return finishReason;
  const code = errorFromBody(error) ?? failures.get(name) ?? "upstream_truncated";
  throw new ChatError(code, { detail: "The provider ended the answer with a failure, or for an unknown reason." });
}
