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
/**
 * The model thinks by default, but thinking can be turned off at efforts up to `high`. For Sonnet 5, this limit is
 * assumed, not documented.
 */
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

/**
 * A reasoning model on the chat completions API, with efforts from `from` to `to` that set how much it thinks.
 * @param off set if the model also accepts `none`, which turns thinking off
 */
function reasoning(from: "minimal" | "low", to: "high" | "xhigh" | "max", off?: "off"): ThinkingCapabilities {
  const taken = efforts.slice(efforts.indexOf(from), efforts.indexOf(to) + 1);
  return { ...unknown, efforts: taken, thinking: off ? ["on", off] : ["on"] };
}

/**
 * The efforts and thinking settings that models accept, by adapter and family, in November 2026. For a model that is
 * not listed, neither setting is sent unless the assistant lists what the model accepts.
 *
 * Sources for Claude: https://platform.claude.com/docs/en/build-with-claude/effort and
 * https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting (which configurations each model
 * rejects). For Mythos Preview, `xhigh` is left out because it is not documented. Up to Opus 4.8, Sonnet 4.6 and
 * Haiku 4.5, a model thinks only if the request asks for it:
 * https://platform.claude.com/docs/en/models/opus-5/migration-guide.
 *
 * Sources for Azure: https://learn.microsoft.com/azure/foundry/openai/how-to/reasoning (`minimal` only for `gpt-5`,
 * `gpt-5-mini` and `gpt-5-nano`; `none` from 5.1 on) and the description of `reasoning_effort` in OpenAI's API
 * reference (5.1 accepts `none`, `low`, `medium` and `high`; later models also accept `xhigh`); `max` for GPT-5.6 is
 * from OpenAI's model pages. `gpt-5.1-chat` and later chat models are left out, because their page does not say which
 * efforts they accept.
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
 * Other families that never think unless a request asks for it; the settings that they accept are not listed. A model
 * that is neither here nor in the table is assumed to think, so that a stopped turn never costs more than is booked.
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
 * Looks up the efforts and thinking settings that a model accepts.
 * @param override the assistant's own values, which take precedence over the table
 */
export function thinkingCapabilitiesOf(
  adapter: string,
  baseModel: string,
  override: Partial<Pick<ThinkingCapabilities, "efforts" | "thinking">> = {},
): ThinkingCapabilities {
  // If the assistant lists how its model can think, the family name no longer tells whether thinking is off by default.
  const other = override.thinking === undefined && isQuiet(adapter, baseModel) ? quiet : unknown;
  const known = findModel(models, adapter, baseModel) ?? other;
  return { ...known, efforts: override.efforts ?? known.efforts, thinking: override.thinking ?? known.thinking };
}

function isQuiet(adapter: string, baseModel: string): boolean {
  const family = familyOf(baseModel);
  return quietFamilies[adapter]?.some((pattern) => pattern.test(family)) ?? false;
}
