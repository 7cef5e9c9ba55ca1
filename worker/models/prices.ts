import type { Usage } from "../../protocol/index.ts";
import { findModel, type ModelTable } from "./family.ts";

/** What tokens cost, in US dollars per million. */
export interface Rates {
  input: number;
  /** Input that was read from the provider's cache. */
  cached: number;
  /** Input that was written into the provider's cache. */
  cacheWrite: number;
  /** Output, including reasoning. */
  output: number;
}

/** A model's rates, and its higher rates for long prompts if it has any. */
export interface Price extends Rates {
  longPrompt?: Rates & { overTokens: number };
}

/** Money in the ledger: whole billionths of a US dollar, so that a single cached token still counts. */
export type NanoUsd = number;

/**
 * Rates on Anthropic. Reading from the cache costs `cachedShare` of the input price, and writing into the five-minute
 * cache 1.25 times the input price.
 */
function anthropic(input: number, output: number, cachedShare = 0.1): Rates {
  return { input, cached: input * cachedShare, cacheWrite: input * 1.25, output };
}

/** Rates on Azure. Writing into the cache costs nothing extra, except for GPT-5.6. */
function azure(input: number, cached: number, output: number, cacheWrite = input): Rates {
  return { input, cached, cacheWrite, output };
}

/** Adds GPT's rates for more than 272,000 input tokens: twice the price for input, one and a half times for output. */
function gptWithLongPrompt(rates: Rates): Price {
  const { input, cached, cacheWrite, output } = rates;
  const long = azure(input * 2, cached * 2, output * 1.5, cacheWrite * 2);
  return { ...rates, longPrompt: { overTokens: 272_000, ...long } };
}

/** Adds Grok's rates for long prompts: "requests whose prompt reaches 200k tokens" cost twice as much (xAI's pages). */
function grokWithLongPrompt(rates: Rates): Price {
  const { input, cached, cacheWrite, output } = rates;
  const long = azure(input * 2, cached * 2, output * 2, cacheWrite * 2);
  return { ...rates, longPrompt: { overTokens: 199_999, ...long } };
}

const haiku55: Price = { ...anthropic(0.1, 0.5), longPrompt: { overTokens: 100_000, ...anthropic(0.5, 2.5) } };

/**
 * List prices of November 2026, by provider and model family: a name that is not listed has no price. An assistant can
 * set its own prices, for example those of a contract or of a new model.
 *
 * Sources:
 * - Claude: https://platform.claude.com/docs/en/about-claude/pricing. Mythos 5.2 and Mythos Preview are left out, because
 *   no price was found.
 * - GPT and the o-series: Global Standard meters of https://prices.azure.com/api/retail/prices, as of 2026-07-31. Other
 *   sources report lower prices of GPT-5.6 since October 2026; the higher ones are kept, so that no budget is exceeded.
 * - Grok, DeepSeek-V4 and Mistral Large 3: the registries models.dev (June 2026) and LiteLLM (September 2026); where they
 *   differ, the higher price. They list no discount for cached input.
 * - Grok 4.3 and 4.6: xAI's own prices, https://docs.x.ai/developers/models/grok-4.3 and
 *   https://docs.x.ai/developers/grok-4-6; the latter names no price for cached input. Azure charges the same for 4.3
 *   (LiteLLM).
 */
const prices: ModelTable<Price> = {
  anthropic: {
    "claude-fable-5-2": anthropic(8, 40, 0.025),
    "claude-fable-5-1": anthropic(10, 50, 0.025),
    "claude-mythos-5-1": anthropic(10, 50, 0.025),
    "claude-fable-5": anthropic(10, 50),
    "claude-mythos-5": anthropic(10, 50),
    "claude-opus-5-5": anthropic(4, 20, 0.05),
    "claude-opus-5": anthropic(5, 25),
    "claude-opus-4-8": anthropic(5, 25),
    "claude-opus-4-7": anthropic(5, 25),
    "claude-opus-4-6": anthropic(5, 25),
    "claude-opus-4-5": anthropic(5, 25),
    "claude-opus-4-1": anthropic(15, 75),
    "claude-opus-4-0": anthropic(15, 75),
    "claude-opus-4": anthropic(15, 75),
    "claude-3-opus": anthropic(15, 75),
    "claude-sonnet-5-5": anthropic(2, 10, 0.05),
    "claude-sonnet-5": anthropic(2, 10),
    "claude-sonnet-4-6": anthropic(3, 15),
    "claude-sonnet-4-5": anthropic(3, 15),
    "claude-sonnet-4-0": anthropic(3, 15),
    "claude-sonnet-4": anthropic(3, 15),
    "claude-3-7-sonnet": anthropic(3, 15),
    "claude-3-5-sonnet": anthropic(3, 15),
    "claude-haiku-5-5": haiku55,
    "claude-haiku-4-5": anthropic(1, 5),
    "claude-3-5-haiku": anthropic(0.8, 4),
  },
  azure: {
    "gpt-5.6-sol": gptWithLongPrompt(azure(5, 0.5, 30, 6.25)),
    "gpt-5.6-terra": gptWithLongPrompt(azure(2.5, 0.25, 15, 3.125)),
    "gpt-5.6-luna": gptWithLongPrompt(azure(1, 0.1, 6, 1.25)),
    "gpt-5.5": gptWithLongPrompt(azure(5, 0.5, 30)),
    "gpt-5.4": gptWithLongPrompt(azure(2.5, 0.25, 15)),
    "gpt-5.4-mini": azure(0.75, 0.075, 4.5),
    "gpt-5.4-nano": azure(0.2, 0.02, 1.25),
    "gpt-5.3-chat": azure(1.75, 0.175, 14),
    "gpt-5.2": azure(1.75, 0.175, 14),
    "gpt-5.2-chat": azure(1.75, 0.175, 14),
    "gpt-5.1": azure(1.25, 0.125, 10),
    "gpt-5.1-chat": azure(1.25, 0.125, 10),
    "gpt-5": azure(1.25, 0.125, 10),
    "gpt-5-chat": azure(1.25, 0.125, 10),
    "gpt-5-mini": azure(0.25, 0.025, 2),
    "gpt-5-nano": azure(0.05, 0.005, 0.4),
    "gpt-4.1": azure(2, 0.5, 8),
    "gpt-4.1-mini": azure(0.4, 0.1, 1.6),
    "gpt-4.1-nano": azure(0.1, 0.025, 0.4),
    "gpt-4o-2024-05-13": azure(5, 5, 15),
    "gpt-4o": azure(2.5, 1.25, 10),
    "gpt-4o-mini": azure(0.15, 0.075, 0.6),
    "o4-mini": azure(1.1, 0.275, 4.4),
    o3: azure(2, 0.5, 8),
    "o3-mini": azure(1.1, 0.55, 4.4),
    "grok-4": azure(5.5, 5.5, 27.5),
    "grok-4.6": grokWithLongPrompt(azure(2, 2, 6)),
    "grok-4.3": grokWithLongPrompt(azure(1.25, 0.2, 2.5)),
    "grok-4-20-reasoning": grokWithLongPrompt(azure(2, 2, 6)),
    "grok-4-20-non-reasoning": grokWithLongPrompt(azure(2, 2, 6)),
    "grok-4-1-fast-reasoning": azure(0.2, 0.2, 0.5),
    "grok-4-1-fast-non-reasoning": azure(0.2, 0.2, 0.5),
    "grok-4-fast-reasoning": azure(0.2, 0.2, 0.5),
    "deepseek-v4-pro": azure(1.74, 1.74, 3.48),
    "deepseek-v4-flash": azure(0.19, 0.19, 0.51),
    "deepseek-v4-flash-0731": azure(0.44, 0.44, 1.32),
    "mistral-large-3": azure(0.5, 0.5, 1.5),
  },
};

/**
 * The price of a model.
 * @param override the assistant's own prices, which take precedence over the table
 * @returns undefined if the price is not known
 */
export function priceOf(provider: string, baseModel: string, override?: Rates): Price | undefined {
  return override ?? findModel(prices, provider, baseModel);
}

/**
 * Calculates the cost of one request. `usage.inputTokens` includes the tokens that were read from the cache and those
 * that were written to it.
 */
export function costOf(usage: Usage, price: Price): NanoUsd {
  const { inputTokens, outputTokens, cachedInputTokens: cached = 0, cacheWriteInputTokens: written = 0 } = usage;
  const rates = ratesFor(inputTokens, price);
  const plain = Math.max(inputTokens - cached - written, 0);
  const dollarsPerMillion =
    plain * rates.input + cached * rates.cached + written * rates.cacheWrite + outputTokens * rates.output;
  return Math.ceil(dollarsPerMillion * 1000); // a millionth of a dollar is a thousand billionths
}

/**
 * Upper bound of a request's cost. No token is shorter than a byte, so each byte counts as a token at the highest input
 * rate.
 * @param bytes length of everything that the provider reads, in bytes of UTF-8
 */
export function upperBoundOf(bytes: number, maxCompletionTokens: number, price: Price): NanoUsd {
  const rates = ratesFor(bytes, price);
  const highest = Math.max(rates.input, rates.cached, rates.cacheWrite);
  return Math.ceil((bytes * highest + maxCompletionTokens * rates.output) * 1000);
}

function ratesFor(inputTokens: number, price: Price): Rates {
  const { longPrompt } = price;
  return longPrompt && inputTokens > longPrompt.overTokens ? longPrompt : price;
}
