/** How much a model does before it answers, from the least to the most. */
export const efforts = ["minimal", "low", "medium", "high", "xhigh", "max"] as const;

/** Anthropic's `output_config.effort`; OpenAI's `reasoning_effort`, without its `none`. */
export type Effort = (typeof efforts)[number];

/** How a model's thinking can be set. */
export const thinkingModes = ["on", "off", "between_tools"] as const;

/** `between_tools` is the least that some models allow: no thinking before the answer, short notes between tool calls. */
export type ThinkingMode = (typeof thinkingModes)[number];

/** What a model takes. */
export interface ThinkingCapabilities {
  /** The efforts that it takes, from the least to the most. */
  efforts: readonly Effort[];
  /** Those that it also takes while it does not think. */
  effortsWithoutThinking: readonly Effort[];
  /** Empty if it is not known. */
  thinking: readonly ThinkingMode[];
  /** Whether it is known to think only if the request asks for it. */
  isOffByDefault: boolean;
  /** Whether it thinks with a fixed number of tokens, which is the room that is added for it. */
  needsBudget: boolean;
}

/** What an assistant sets. */
export interface ThinkingSettings {
  effort?: string;
  thinking?: string;
}

/** A model's thinking as it is requested. What is undefined is not sent. */
export interface ModelThinking {
  mode?: ThinkingMode;
  effort?: Effort;
  /** Whether the model is known to think with these settings. */
  isOn: boolean;
  /** Whether it is known not to. If it is neither, it may think, and what nobody saw of that is paid for. */
  isOff: boolean;
  /** Tokens that are added to the answer's limit, because thinking counts towards it. */
  roomTokens: number;
  /** The number of tokens to think with, for models that need one. */
  budgetTokens?: number;
  /** Whether a summary of the thinking is asked for. */
  isSummarized: boolean;
}

/**
 * Tokens to think with, by effort. Without the room, a short limit would end many answers before they begin: a model
 * does not know how much of its limit is left.
 */
const roomByEffort: Readonly<Record<Effort, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 4096,
  high: 8192,
  xhigh: 16_384,
  max: 32_768,
};

/**
 * What is requested. The default is a quick answer: no thinking if the model allows that, otherwise the lowest effort.
 * An assistant that only sets an effort wants the model to think.
 * @param set values that the model takes
 * @param isExposed whether the browser is shown what the model thinks
 */
export function chooseThinking(known: ThinkingCapabilities, set: ThinkingSettings, isExposed: boolean): ModelThinking {
  const chosen = known.efforts.find((effort) => effort === set.effort);
  const mode = known.thinking.find((each) => each === set.thinking) ?? defaultMode(known, chosen);
  const isQuiet = mode === "off" || mode === "between_tools";
  const effort = chosen ?? (isQuiet ? undefined : known.efforts[0]);
  const isOn = mode === "on" || (mode === undefined && effort !== undefined);
  const isOff = mode === "off" || (mode === undefined && !isOn && known.isOffByDefault);
  const roomTokens = isOn ? roomByEffort[effort ?? "low"] : 0;
  return {
    mode: mode === "off" && known.isOffByDefault ? undefined : mode,
    effort,
    isOn,
    isOff,
    roomTokens,
    budgetTokens: isOn && known.needsBudget ? roomTokens : undefined,
    isSummarized: isOn && isExposed,
  };
}

function defaultMode({ thinking }: ThinkingCapabilities, effort: Effort | undefined): ThinkingMode | undefined {
  const order: readonly ThinkingMode[] = effort === undefined ? ["off", "between_tools", "on"] : ["on", "off"];
  return order.find((mode) => thinking.includes(mode));
}

/** One setting that a model does not take. */
export interface ThinkingProblem {
  field: "effort" | "thinking";
  value: string | undefined;
  /** What to do about it. It names the values that the model takes. */
  fix: string;
}

/** Lists the settings that a model does not take. */
export function thinkingProblems(
  baseModel: string,
  known: ThinkingCapabilities,
  { effort, thinking }: ThinkingSettings,
): ThinkingProblem[] {
  const found: ThinkingProblem[] = [];
  if (thinking !== undefined && !includes(known.thinking, thinking)) {
    found.push({ field: "thinking", value: thinking, fix: adviceFor(baseModel, known, "thinking") });
  }
  if (effort === undefined) return found;
  if (!includes(known.efforts, effort)) {
    found.push({ field: "effort", value: effort, fix: adviceFor(baseModel, known, "efforts") });
  } else if ((thinking === "off" || thinking === "between_tools") && !includes(known.effortsWithoutThinking, effort)) {
    const taken = known.effortsWithoutThinking;
    const which = taken.length === 0 ? "no effort" : listed(taken);
    const fix = `with thinking \`${thinking}\`, ${baseModel} takes ${which}: change one of the two, or leave one out`;
    found.push({ field: "effort", value: effort, fix });
  }
  return found;
}

function adviceFor(baseModel: string, known: ThinkingCapabilities, field: "efforts" | "thinking"): string {
  const taken = known[field];
  if (taken.length > 0) return `${baseModel} takes ${listed(taken)}: write one of these, or leave it out`;
  if (known.thinking.length > 0) return `${baseModel} takes no effort: leave it out`;
  return (
    `it is not known what ${baseModel} takes: leave it out, set \`baseModel\` to the model of a deployment, ` +
    `or list what it takes in \`capabilities.${field}\``
  );
}

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function includes(values: readonly string[], value: string): boolean {
  return values.includes(value);
}
