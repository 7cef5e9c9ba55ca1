/** Capabilities of a model. An assistant can override the table below. */
export interface ModelCapabilities {
  /** Whether the model takes a `temperature` other than its default. */
  temperature: boolean;
  /** The field that limits the answer's length, on APIs that have more than one. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
}

type Known = readonly (readonly [pattern: RegExp, capabilities: ModelCapabilities])[];

const olderModel: ModelCapabilities = { temperature: true, maxTokensField: "max_tokens" };
const reasoningModel: ModelCapabilities = { temperature: false, maxTokensField: "max_completion_tokens" };

/**
 * Capabilities of base models, by adapter. The first pattern that matches counts. Names are matched in lower case and
 * without a vendor before a slash. An assistant can override each entry, so a new model can be used before it is here.
 */
const models: Readonly<Record<string, Known>> = {
  // Up to Opus 4.6 and Sonnet 4.6, models take a temperature from 0 to 1; later ones only 1. There is one token field.
  anthropic: [
    [/^claude-(instant|v?[123]\b)/, olderModel],
    [/^claude-(opus|sonnet|haiku)-4([-.][0-6])?(-(\d{8}|latest))?$/, olderModel],
    [/./, { temperature: false, maxTokensField: "max_tokens" }],
  ],
  azure: [
    [/^gpt-35/, olderModel], // Azure's own spelling of gpt-3.5
    [/^gpt-5(\.\d+)?-chat/, { temperature: true, maxTokensField: "max_completion_tokens" }],
    [/^(o\d|gpt-([5-9]|\d\d)(?!\d)|gpt-oss|codex|model-router)/, reasoningModel],
    [/^(gpt-[34]|chatgpt)/, olderModel],
    // Other families in Azure's catalogue and on OpenAI-compatible servers, which only accept the older field.
    [/^((meta-)?llama|mi(ni|x)?stral|mixtral|codestral|magistral|phi|cohere|command|deepseek|grok|mai-)/, olderModel],
    [/^(jais|ai21|jamba|qwen|gemma|kimi|glm|granite|nemotron)/, olderModel],
  ],
};

/**
 * Looks up the capabilities of a model. An unknown model gets what no model refuses: its own temperature and the newer
 * token field, which the adapter renames if the API does not accept it.
 * @param adapter name of the adapter that speaks to it
 * @param baseModel the model's id; for an Azure deployment, the model behind it
 * @param override the assistant's own values, which take precedence over the table
 */
export function capabilitiesOf(
  adapter: string,
  baseModel: string,
  override: Partial<ModelCapabilities> = {},
): ModelCapabilities {
  const name = baseModel.toLowerCase().replace(/^.*\//, "");
  const known = models[adapter]?.find(([pattern]) => pattern.test(name))?.[1] ?? reasoningModel;
  return {
    temperature: override.temperature ?? known.temperature,
    maxTokensField: override.maxTokensField ?? known.maxTokensField,
  };
}
