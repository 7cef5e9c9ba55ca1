import { familyOf } from "./family.ts";

/** Output tokens that a request without a maximum of its own can have used: no model writes more in one answer. */
const longestAnswer = 1_000_000;

/**
 * The most output tokens that one request can use, reasoning included. Most vendors count reasoning towards the
 * request's maximum. Grok reports it beside the completion tokens, and whether the maximum covers it is not documented:
 * as much again is allowed for it.
 * @param model its name, or that of the model behind a deployment, and the maximum that is sent
 */
export function maxOutputTokensOf(model: { baseModel: string; maxCompletionTokens?: number }): number {
  const { baseModel, maxCompletionTokens = longestAnswer } = model;
  const countsBeside = /^grok(?!.*non-reasoning)/.test(familyOf(baseModel));
  return countsBeside ? 2 * maxCompletionTokens : maxCompletionTokens;
}
