/** The names of one adapter's models. */
interface KnownNames {
  /** The names to compare a misspelled name with. */
  names: readonly string[];
  /** Matches the known names that are not listed one by one. */
  also?: RegExp;
}

/**
 * The models that are known today, without the date of a version. The list only serves to notice misspelled names:
 * capabilities and prices are in the other tables of this folder.
 */
const models: Readonly<Record<string, KnownNames>> = {
  anthropic: {
    names: [
      ...["claude-fable-5", "claude-fable-5-1", "claude-fable-5-2"],
      ...["claude-mythos-5", "claude-mythos-5-1", "claude-mythos-5-2", "claude-mythos-preview"],
      ...["claude-opus-4", "claude-opus-4-1", "claude-opus-4-5", "claude-opus-4-6", "claude-opus-4-7"],
      ...["claude-opus-4-8", "claude-opus-5", "claude-opus-5-5"],
      ...["claude-sonnet-4", "claude-sonnet-4-5", "claude-sonnet-4-6", "claude-sonnet-5", "claude-sonnet-5-5"],
      ...["claude-haiku-4-5", "claude-haiku-5-5"],
    ],
    also: /^claude-3-/, // the last generation whose number comes before the size, as in claude-3-opus
  },
  azure: {
    names: [
      ...["gpt-4o", "gpt-4o-mini", "gpt-4", "gpt-4-turbo", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-35-turbo"],
      ...["gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5-chat", "gpt-5.1", "gpt-5.2", "gpt-5.3", "gpt-5.4"],
      ...["gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.5", "gpt-5.6", "gpt-oss-120b", "gpt-oss-20b"],
      ...["o1", "o1-mini", "o3", "o3-mini", "o4-mini", "model-router"],
    ],
    // Variants of GPT-3.5 and GPT-5, and the families of other vendors, which have too many names to list.
    also: /^(gpt-5(\.[1-6])?-(mini|nano|chat|sol|terra|luna|pro|codex(-mini|-max)?)$|gpt-3\.5-|(meta-)?llama|mi(ni|x)?stral|mixtral|codestral|magistral|phi|cohere|command|deepseek|grok|mai-|jais|ai21|jamba|qwen|gemma|kimi|glm|granite|nemotron|claude-)/,
  },
};

/** The end of a name that says which version of the model it is: a date, `latest` or `preview`. */
const version = /-(\d{8}|\d{4}-\d{2}-\d{2}|latest|preview)$/;

/**
 * Whether a model of this name is known.
 * @param adapter name of the adapter that speaks to it
 * @param baseModel the model's id; for an Azure deployment, the model behind it
 */
export function isKnownModel(adapter: string, baseModel: string): boolean {
  const { names, also } = models[adapter] ?? { names: [] };
  const name = baseModel.toLowerCase().replace(/^.*\//, "");
  return names.includes(name) || names.includes(name.replace(version, "")) || (also?.test(name) ?? false);
}

/** The names of an adapter's models, to compare a misspelled name with. */
export function modelNames(adapter: string): readonly string[] {
  return models[adapter]?.names ?? [];
}
