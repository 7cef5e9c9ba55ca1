import { familyOf, findModel, type ModelTable } from "./family.ts";
import { efforts, type ThinkingCapabilities } from "./thinking.ts";

const all = ["low", "medium", "high", "xhigh", "max"] as const;
const toHigh = ["low", "medium", "high"] as const;

const unknown: ThinkingCapabilities = {
  efforts: [],
  effortsWithoutThinking: [],
  thinking: [],
  isOffByDefault: false,
  needsBudget: false,
};
const quiet: ThinkingCapabilities = { ...unknown, isOffByDefault: true };
const neverThinks: ThinkingCapabilities = { ...quiet, thinking: ["off"] };
const alwaysThinks: ThinkingCapabilities = { ...unknown, efforts: all, thinking: ["on"] };
/** Thinks by default; off with an effort of `high` or less. For Sonnet 5 that limit is assumed, not documented. */
const canStop: ThinkingCapabilities = {
  ...alwaysThinks,
  effortsWithoutThinking: toHigh,
  thinking: ["on", "off"],
};
const thinksIfAsked: ThinkingCapabilities = {
  ...canStop,
  effortsWithoutThinking: all,
  isOffByDefault: true,
};
const upTo46 = ["low", "medium", "high", "max"] as const;
const before46: ThinkingCapabilities = { ...neverThinks, thinking: ["on", "off"], needsBudget: true };

/** Reasoning models behind chat completions: the effort is how much they think, and `none` is off. */
function reasoning(from: "minimal" | "low", to: "high" | "xhigh" | "max", off?: "off"): ThinkingCapabilities {
  const taken = efforts.slice(efforts.indexOf(from), efforts.indexOf(to) + 1);
  return { ...unknown, efforts: taken, thinking: off ? ["on", off] : ["on"] };
}

/**
 * What models take, by adapter and family, in November 2026. A model that is not listed gets neither field.
 *
 * Sources for Claude: https://platform.claude.com/docs/en/build-with-claude/effort and
 * https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting (which configurations each model
 * rejects). For Mythos Preview, `xhigh` is not documented and left out. Up to Opus 4.8, a request that does not mention
 * thinking has none: https://platform.claude.com/docs/en/models/opus-5/migration-guide.
 *
 * Sources for Azure: https://learn.microsoft.com/azure/foundry/openai/how-to/reasoning (`minimal` from GPT-5 on, `none`
 * from 5.1 on) and the description of `reasoning_effort` in OpenAI's API reference (5.1 takes `none` to `high`; all after
 * it take `xhigh`); `max` for GPT-5.6 is from OpenAI's model pages. `gpt-5.1-chat` and the chat models after it are left
 * out, because their page says that they take an effort and not which.
 */
const models: ModelTable<ThinkingCapabilities> = {
  anthropic: {
    "claude-fable-5-2": alwaysThinks,
    "claude-fable-5-1": alwaysThinks,
    "claude-fable-5": alwaysThinks,
    "claude-mythos-5-2": alwaysThinks,
    "claude-mythos-5-1": alwaysThinks,
    "claude-mythos-5": alwaysThinks,
    "claude-mythos-preview": { ...alwaysThinks, efforts: upTo46 },
    "claude-opus-5-5": alwaysThinks,
    "claude-sonnet-5-5": { ...canStop, thinking: ["on", "between_tools"] },
    "claude-haiku-5-5": canStop,
    "claude-opus-5": canStop,
    "claude-sonnet-5": canStop,
    "claude-opus-4-8": thinksIfAsked,
    "claude-opus-4-7": thinksIfAsked,
    "claude-opus-4-6": { ...thinksIfAsked, efforts: upTo46, effortsWithoutThinking: upTo46 },
    "claude-sonnet-4-6": { ...thinksIfAsked, efforts: upTo46, effortsWithoutThinking: upTo46 },
    "claude-opus-4-5": { ...before46, efforts: toHigh, effortsWithoutThinking: toHigh },
    "claude-sonnet-4-5": before46,
    "claude-haiku-4-5": before46,
    "claude-opus-4-1": before46,
  },
  azure: {
    "gpt-5": reasoning("minimal", "high"),
    "gpt-5-mini": reasoning("minimal", "high"),
    "gpt-5-nano": reasoning("minimal", "high"),
    "gpt-5.1": reasoning("low", "high", "off"),
    "gpt-5.2": reasoning("low", "xhigh", "off"),
    "gpt-5.4": reasoning("low", "xhigh", "off"),
    "gpt-5.4-mini": reasoning("low", "xhigh", "off"),
    "gpt-5.4-nano": reasoning("low", "xhigh", "off"),
    "gpt-5.5": reasoning("low", "xhigh", "off"),
    "gpt-5.6-sol": reasoning("low", "max", "off"),
    "gpt-5.6-terra": reasoning("low", "max", "off"),
    "gpt-5.6-luna": reasoning("low", "max", "off"),
    o1: reasoning("low", "high"),
    o3: reasoning("low", "high"),
    "o3-mini": reasoning("low", "high"),
    "o4-mini": reasoning("low", "high"),
    "gpt-4.1": neverThinks,
    "gpt-4.1-mini": neverThinks,
    "gpt-4.1-nano": neverThinks,
    "gpt-4o": neverThinks,
    "gpt-4o-mini": neverThinks,
  },
};

/**
 * Other families that never think unless a request asks for it; which settings they take is not listed. What is neither
 * here nor in the table may think, so that no stopped turn costs more than what is booked for it.
 */
const quietFamilies: Readonly<Record<string, readonly RegExp[]>> = {
  anthropic: [/^claude-(instant|v?[123]\b)/, /^claude-(opus|sonnet)-4(-0)?$/],
  azure: [
    /^(gpt-35|gpt-3\.5|gpt-4|chatgpt-4)/, // other variants of gpt-4o and gpt-4.1 included
    /^gpt-5-chat/,
    /^((meta-)?llama|mixtral|ministral|codestral|mistral-large|mistral-nemo|cohere-command-r|command-r|jamba)(?!.*reason)/,
    /^phi-(3|4)(?!.*reason)/,
    /^deepseek-v3(-0324)?$/,
    /^grok.*non-reasoning/,
  ],
};

/**
 * Looks up what a model takes.
 * @param override the assistant's own values, which take precedence over the table
 */
export function thinkingCapabilitiesOf(
  adapter: string,
  baseModel: string,
  override: Partial<Pick<ThinkingCapabilities, "efforts" | "thinking">> = {},
): ThinkingCapabilities {
  // An assistant that lists how its model can think knows more of it than the name of its family says.
  const other = override.thinking === undefined && isQuiet(adapter, baseModel) ? quiet : unknown;
  const known = findModel(models, adapter, baseModel) ?? other;
  return { ...known, efforts: override.efforts ?? known.efforts, thinking: override.thinking ?? known.thinking };
}

function isQuiet(adapter: string, baseModel: string): boolean {
  const family = familyOf(baseModel);
  return quietFamilies[adapter]?.some((pattern) => pattern.test(family)) ?? false;
}
