import type { ThinkingMode } from "./thinking.ts";

/** The part of a model that these functions depend on. */
export interface ReasoningModel {
  /** Public name of the provider. */
  provider: string;
  /** The model's id; for a deployment, the model behind it. */
  baseModel: string;
  /** What its requests say about thinking. */
  thinking?: { isOn: boolean; mode?: ThinkingMode };
  /** Upper bound of an answer, in tokens. */
  maxCompletionTokens?: number;
}

/**
 * Models that never reason unless a request asks for it. Names are matched in lower case and without a vendor before a
 * slash.
 */
const plainModels: Readonly<Record<string, readonly RegExp[]>> = {
  // Up to 4.6 thinking is off unless it is asked for; later models can think by default.
  anthropic: [/^claude-(instant|v?[123]\b)/, /^claude-(opus|sonnet|haiku)-4([-.][0-6])?(-(\d{8}|latest))?$/],
  azure: [
    /^(gpt-35|gpt-3\.5|gpt-4|chatgpt-4)/, // gpt-4o and gpt-4.1 included
    /^gpt-5-chat/,
    /^((meta-)?llama|mixtral|ministral|codestral|mistral-large|mistral-nemo|cohere-command-r|command-r|jamba)(?!.*reason)/,
    /^phi-(3|4)(?!.*reason)/,
    /^deepseek-v3(-0324)?$/,
    /^grok.*non-reasoning/,
  ],
};

/**
 * Whether a model may write reasoning that nobody sees while it streams. True for every model that is not known to
 * write none, so that no stopped turn costs more than what was booked for it.
 */
export function mayReason({ provider, baseModel, thinking }: ReasoningModel): boolean {
  if (thinking?.isOn === true) return true;
  if (thinking?.mode === "off") return false; // the request switches it off
  const name = nameOf(baseModel);
  return !plainModels[provider]?.some((pattern) => pattern.test(name));
}

/** Output tokens that a request without a maximum of its own can have used: no model writes more in one answer. */
const longestAnswer = 1_000_000;

/**
 * The most output tokens that one request can use, reasoning included. Most vendors count reasoning towards the
 * request's maximum. Grok reports it beside the completion tokens, and whether the maximum covers it is not documented:
 * as much again is allowed for it.
 */
export function maxOutputTokensOf({ baseModel, maxCompletionTokens = longestAnswer }: ReasoningModel): number {
  const countsBeside = /^grok(?!.*non-reasoning)/.test(nameOf(baseModel));
  return countsBeside ? 2 * maxCompletionTokens : maxCompletionTokens;
}

function nameOf(baseModel: string): string {
  return baseModel.toLowerCase().replace(/^.*\//, "");
}
