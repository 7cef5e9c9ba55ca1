import { countIn, isRecord, recordIn, type JsonRecord } from "../narrow.ts";
import type { ProviderUsage } from "../provider.ts";

/** A vendor's usage, as it was sent and in our form. */
export interface ReportedUsage {
  raw: JsonRecord;
  usage: ProviderUsage;
}

/**
 * Finds the usage in a frame: beside the choices, in Groq's own field, or in the choice (Moonshot). One place can be
 * empty or zero while another has the counts.
 * @see https://console.groq.com/docs/api-reference#chat-create
 */
export function usageIn(frame: JsonRecord, choice: unknown): ReportedUsage | undefined {
  const places = [frame.usage, recordIn(frame, "x_groq").usage, isRecord(choice) ? choice.usage : undefined];
  const reports = places.filter(isRecord).map((raw) => ({ raw, usage: toUsage(raw) }));
  return reports.find(({ usage }) => Object.keys(usage).length > 0);
}

/**
 * Turns a vendor's usage into ours. `inputTokens` includes what was read from and written to the cache, and
 * `outputTokens` includes reasoning.
 * @returns the counts that are present; none if input and output are both zero or missing, as in frames that some
 *   vendors send before or after the real usage
 */
function toUsage(usage: JsonRecord): ProviderUsage {
  const prompt = recordIn(usage, "prompt_tokens_details");
  const completion = recordIn(usage, "completion_tokens_details");
  const inputTokens = countIn(usage, "prompt_tokens");
  const reasoningTokens = countIn(completion, "reasoning_tokens");
  const outputTokens = outputOf(usage, inputTokens, reasoningTokens);
  if (!inputTokens && !outputTokens) return {};
  return known({
    inputTokens,
    outputTokens,
    // In the details (OpenAI), or beside them: DeepSeek, Moonshot.
    cachedInputTokens:
      countIn(prompt, "cached_tokens") ?? countIn(usage, "prompt_cache_hit_tokens") ?? countIn(usage, "cached_tokens"),
    // OpenAI's and OpenRouter's name, and LiteLLM's.
    cacheWriteInputTokens: countIn(prompt, "cache_write_tokens") ?? countIn(usage, "cache_creation_input_tokens"),
    reasoningTokens,
  });
}

/**
 * OpenAI counts reasoning as a part of `completion_tokens`. Grok counts it separately, so only the total includes it.
 * Without a total, reasoning counts as separate if it has more tokens than the completion.
 */
function outputOf(
  usage: JsonRecord,
  inputTokens: number | undefined,
  reasoningTokens: number | undefined,
): number | undefined {
  const completionTokens = countIn(usage, "completion_tokens");
  if (completionTokens === undefined) return undefined;
  const byTotal = (countIn(usage, "total_tokens") ?? 0) - (inputTokens ?? Infinity);
  const reasoningBeside = reasoningTokens !== undefined && reasoningTokens > completionTokens ? reasoningTokens : 0;
  return Math.max(completionTokens + reasoningBeside, byTotal);
}

/** Counts only grow during an answer: a later frame that reports less, or not everything, takes nothing back. */
export function addUsage(before: ProviderUsage, reported: ProviderUsage): ProviderUsage {
  return known({
    inputTokens: larger(before.inputTokens, reported.inputTokens),
    outputTokens: larger(before.outputTokens, reported.outputTokens),
    cachedInputTokens: larger(before.cachedInputTokens, reported.cachedInputTokens),
    cacheWriteInputTokens: larger(before.cacheWriteInputTokens, reported.cacheWriteInputTokens),
    reasoningTokens: larger(before.reasoningTokens, reported.reasoningTokens),
  });
}

function larger(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** Removes the counts that are undefined, so that they do not overwrite others when usages are merged. */
function known(usage: ProviderUsage): ProviderUsage {
  return Object.fromEntries(Object.entries(usage).filter(([, count]) => count !== undefined));
}
