import type { Usage } from "../../protocol/index.ts";

/** What tokens cost, in US dollars per million. */
export interface Rates {
  input: number;
  /** Input that was read from the provider's cache. */
  cached: number;
  /** Input that was written into the provider's cache. */
  cacheWrite: number;
  /** Reasoning included. */
  output: number;
}

/** A model's rates, and its higher rates for long prompts if it has any. */
export interface Price extends Rates {
  longPrompt?: Rates & { overTokens: number };
}

/** Money in the ledger: whole billionths of a US dollar, so that a single cached token still counts. */
export type NanoUsd = number;

/** Rates with Anthropic's usual cache prices: a write for five minutes costs 1.25 times the input. */
function anthropic(input: number, output: number, cachedShare = 0.1): Rates {
  return { input, cached: input * cachedShare, cacheWrite: input * 1.25, output };
}

/** Rates on Azure, where writing into the cache costs nothing extra. */
function azure(input: number, cached: number, output: number): Rates {
  return { input, cached, cacheWrite: input, output };
}

/**
 * List prices of November 2026, by provider and base model; the first pattern that matches counts. An assistant can
 * override them, for example for a contract's prices or a new model.
 *
 * Sources: Anthropic's page on model pricing; Azure's price list of global standard deployments.
 */
const prices: Readonly<Record<string, readonly (readonly [RegExp, Price])[]>> = {
  anthropic: [
    [/^claude-(fable|mythos)-5[.-]1/, anthropic(10, 50, 0.025)],
    [/^claude-(fable|mythos)-5/, anthropic(10, 50)],
    [/^claude-opus-5[.-]5/, anthropic(4, 20, 0.05)],
    [/^claude-opus-(5|4[.-][5-9])/, anthropic(5, 25)],
    [/^claude-(opus-4|3-opus)/, anthropic(15, 75)],
    [/^claude-sonnet-5[.-]5/, anthropic(2, 10, 0.05)],
    [/^claude-sonnet-5/, anthropic(2, 10)],
    [/^claude-(sonnet-4|3-[57]-sonnet)/, anthropic(3, 15)],
    [/^claude-haiku-5[.-]5/, { ...anthropic(0.1, 0.5), longPrompt: { overTokens: 100_000, ...anthropic(0.5, 2.5) } }],
    [/^claude-haiku-4/, anthropic(1, 5)],
    [/^claude-3-5-haiku/, anthropic(0.8, 4)],
  ],
  azure: [
    [/^gpt-5(\.1)?-nano/, azure(0.05, 0.005, 0.4)],
    [/^gpt-5(\.1)?-mini/, azure(0.25, 0.025, 2)],
    [/^gpt-5(\.1)?(-chat|-\d|$)/, azure(1.25, 0.125, 10)],
    [/^gpt-4\.1-nano/, azure(0.1, 0.025, 0.4)],
    [/^gpt-4\.1-mini/, azure(0.4, 0.1, 1.6)],
    [/^gpt-4\.1/, azure(2, 0.5, 8)],
    [/^gpt-4o-mini/, azure(0.15, 0.075, 0.6)],
    [/^gpt-4o/, azure(2.5, 1.25, 10)],
    [/^(o4-mini|o3-mini)/, azure(1.1, 0.55, 4.4)],
    [/^o3/, azure(2, 0.5, 8)],
  ],
};

/**
 * The price of a model.
 * @param override the assistant's own prices, which take precedence over the table
 * @returns undefined if it is not known
 */
export function priceOf(provider: string, baseModel: string, override?: Rates): Price | undefined {
  if (override !== undefined) return override;
  const name = baseModel.toLowerCase().replace(/^.*\//, "");
  return prices[provider]?.find(([pattern]) => pattern.test(name))?.[1];
}

/** Calculates the cost of a turn. `usage.inputTokens` includes the cached ones and those written into the cache. */
export function costOf(usage: Usage, price: Price): NanoUsd {
  const { inputTokens, outputTokens, cachedInputTokens: cached = 0, cacheWriteInputTokens: written = 0 } = usage;
  const rates = ratesFor(inputTokens, price);
  const plain = Math.max(inputTokens - cached - written, 0);
  const dollarsPerMillion =
    plain * rates.input + cached * rates.cached + written * rates.cacheWrite + outputTokens * rates.output;
  return Math.ceil(dollarsPerMillion * 1000); // a millionth of a dollar is a thousand billionths
}

/**
 * Upper bound of a request's cost. No token is shorter than a byte, so each byte counts as a token at the highest rate.
 * @param bytes of everything that the provider reads, as UTF-8
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
