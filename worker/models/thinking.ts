/** How much effort a model puts into an answer, from the least to the most. */
export const efforts = ["minimal", "low", "medium", "high", "xhigh", "max"] as const;

/** A value of Anthropic's `output_config.effort` or of OpenAI's `reasoning_effort`, except `none`. */
export type Effort = (typeof efforts)[number];

/** How a model's thinking can be set. */
export const thinkingModes = ["on", "off", "between_tools"] as const;

/**
 * `between_tools` is the least thinking that some models allow: none before the answer, and short notes between tool
 * calls.
 */
export type ThinkingMode = (typeof thinkingModes)[number];

/** The efforts and thinking modes that a model accepts, and how it thinks by default. */
export interface ThinkingCapabilities {
  /** The efforts that the model accepts, from the least to the most. */
  efforts: readonly Effort[];
  /** The efforts that it also accepts while thinking is `off` or `between_tools`. */
  effortsWithoutThinking: readonly Effort[];
  /** The thinking modes that the model accepts; empty if they are not known. */
  thinking: readonly ThinkingMode[];
  /** Whether it is known to think only if the request asks for it. */
  isOffByDefault: boolean;
  /** Whether the request must set a thinking budget, which equals the tokens that are added to the answer's limit. */
  needsBudget: boolean;
}

/** An assistant's own settings for effort and thinking. */
export interface ThinkingSettings {
  effort?: string;
  thinking?: string;
}

/** The thinking settings of a request. `mode`, `effort` and `budgetTokens` are sent only if they are defined. */
export interface ModelThinking {
  mode?: ThinkingMode;
  effort?: Effort;
  /** Whether the model is known to think with these settings. */
  isOn: boolean;
  /**
   * Whether the model is known not to think. Otherwise it may have thought unseen, so a turn whose usage was not
   * reported is booked at the full amount that was reserved.
   */
  isOff: boolean;
  /** Tokens that are added to the answer's limit, because thinking counts towards it. */
  roomTokens: number;
  /** The number of tokens to think with, for models that need one. */
  budgetTokens?: number;
  /** Whether a summary of the thinking is asked for. */
  isSummarized: boolean;
}

/**
 * Tokens that are added to an answer's limit for thinking, by effort. Without them, a short limit would end many
 * answers before they begin, because a model does not know how much of its limit is left.
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
 * Chooses the thinking settings of a request. The default is a quick answer: thinking `off` or `between_tools` if the
 * model accepts one of them, otherwise the lowest effort. If only an effort is set, the model thinks if it can.
 * @param set the assistant's settings; a value that the model does not accept is ignored
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

/** One setting of an assistant that its model does not accept. */
export interface ThinkingProblem {
  field: "effort" | "thinking";
  value: string | undefined;
  /** What to do about it. It names the values that the model accepts, if there are any. */
  fix: string;
}

/** Lists the settings of an assistant that its model does not accept. */
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
    const fix = `with thinking \`${thinking}\`, ${baseModel} accepts ${which}: change one of the two, or leave one out`;
    found.push({ field: "effort", value: effort, fix });
  }
  return found;
}

function adviceFor(baseModel: string, known: ThinkingCapabilities, field: "efforts" | "thinking"): string {
  const taken = known[field];
  if (taken.length > 0) return `${baseModel} accepts ${listed(taken)}: write one of these, or leave it out`;
  if (known.thinking.length > 0) return `${baseModel} accepts no effort: leave it out`;
  return (
    `it is not known what ${baseModel} accepts: leave it out, set \`baseModel\` to the model of a deployment, ` +
    `or list what it accepts in \`capabilities.${field}\``
  );
}

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

function includes(values: readonly string[], value: string): boolean {
  return values.includes(value);
}
