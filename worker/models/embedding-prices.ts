import { findModel, type ModelTable } from "./family.ts";
import type { NanoUsd } from "./prices.ts";

/**
 * List prices of embedding models in November 2026, in US dollars per million tokens.
 *
 * Source: the models' pages under https://developers.openai.com/api/docs/models. Azure's Global Standard deployments
 * have the same prices. A source can set another one as `usdPerMillionTokens`.
 */
const prices: ModelTable<number> = {
  azure: {
    "text-embedding-3-small": 0.02,
    "text-embedding-3-large": 0.13,
    "text-embedding-ada-002": 0.1,
  },
};

/**
 * The price of an embedding model, in US dollars per million tokens.
 * @param provider name of the adapter that reaches it
 * @returns undefined if the price is not known
 */
export function embeddingPriceOf(provider: string, baseModel: string): number | undefined {
  return findModel(prices, provider, baseModel);
}

/** What a number of tokens costs, at a price in US dollars per million tokens. */
export function costOfTokens(tokens: number, usdPerMillionTokens: number): NanoUsd {
  return Math.ceil(tokens * usdPerMillionTokens * 1000); // a millionth of a dollar is a thousand billionths
}
