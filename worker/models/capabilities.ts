import { familyOf } from "./family.ts";

/** Capabilities of a model. An assistant can override the table below. */
export interface ModelCapabilities {
  /** Whether the model accepts a `temperature` other than its default. */
  temperature: boolean;
  /** The field that limits the answer's length, on APIs that have more than one. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
}

type Known = readonly (readonly [pattern: RegExp, capabilities: ModelCapabilities])[];

const olderModel: ModelCapabilities = { temperature: true, maxTokensField: "max_tokens" };
const reasoningModel: ModelCapabilities = { temperature: false, maxTokensField: "max_completion_tokens" };

/**
 * Capabilities of base models, by adapter and family. The first pattern that matches counts. An assistant can override
 * each entry, so a new model can be used before it is listed here.
 */
const models: Readonly<Record<string, Known>> = {
  // Models up to Opus 4.6 and Sonnet 4.6 accept temperatures from 0 to 1. Later ones accept only 1. All models have the
  // same field for the token limit.
  anthropic: [
    [/^claude-(instant|v?[123]\b)/, olderModel],
    [/^claude-(opus|sonnet|haiku)-4(-[0-6])?$/, olderModel],
    [/./, { temperature: false, maxTokensField: "max_tokens" }],
  ],
  azure: [
    [/^gpt-35/, olderModel], // Azure's own spelling of gpt-3.5
    [/^gpt-5-chat$/, { temperature: true, maxTokensField: "max_completion_tokens" }], // later chat models reason
    [/^(o\d|gpt-([5-9]|\d\d)(?!\d)|gpt-oss|codex|model-router)/, reasoningModel],
    [/^(gpt-[34]|chatgpt)/, olderModel],
    // Other families in Azure's catalog and on OpenAI-compatible servers. They only accept the older token field.
    [/^((meta-)?llama|mi(ni|x)?stral|mixtral|codestral|magistral|phi|cohere|command|deepseek|grok|mai-)/, olderModel],
    [/^(jais|ai21|jamba|qwen|gemma|kimi|glm|granite|nemotron)/, olderModel],
  ],
};

/**
 * Looks up the capabilities of a model. An unknown model is assumed to accept only its default temperature and the
 * newer token field, which the adapter renames if the API refuses it.
 * @param adapter name of the adapter that speaks to it
 * @param baseModel the model's id; for an Azure deployment, the model behind it
 * @param override the assistant's own values, which take precedence over the table
 */
export function capabilitiesOf(
  adapter: string,
  baseModel: string,
  override: Partial<ModelCapabilities> = {},
): ModelCapabilities {
  const family = familyOf(baseModel);
  const known = models[adapter]?.find(([pattern]) => pattern.test(family))?.[1] ?? reasoningModel;
  return {
    temperature: override.temperature ?? known.temperature,
    maxTokensField: override.maxTokensField ?? known.maxTokensField,
  };
}

/**
 * Models in Azure's catalog that are available only through the Responses API.
 * @see https://learn.microsoft.com/azure/foundry/openai/how-to/reasoning#api--feature-support
 */
const responsesOnly =
  /^((gpt-\d+(\.\d+)?-)?codex(-(mini|max|spark))?|(gpt-\d+(\.\d+)?|o\d)-pro|o\d(-mini)?-deep-research|computer-use-preview)$/;

/** Whether a model is known not to support chat completions. */
export function isResponsesOnly(adapter: string, baseModel: string): boolean {
  return adapter === "azure" && responsesOnly.test(familyOf(baseModel));
}
