import { familyOf } from "./family.ts";

/** Output tokens that are assumed for a request that sets no maximum: no model writes more in one answer. */
const longestAnswer = 1_000_000;

/**
 * The most output tokens that one request can use, including reasoning. Most vendors count reasoning towards the
 * request's maximum. Grok reports reasoning separately from the completion tokens and does not document whether the
 * maximum covers it, so twice the maximum is assumed.
 * @param model the model's name (for a deployment, that of the model behind it) and the maximum that the request sends
 */
export function maxOutputTokensOf(model: { baseModel: string; maxCompletionTokens?: number }): number {
  const { baseModel, maxCompletionTokens = longestAnswer } = model;
  const countsBeside = /^grok(?!.*non-reasoning)/.test(familyOf(baseModel));
  return countsBeside ? 2 * maxCompletionTokens : maxCompletionTokens;
}
