import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  TextBlockParam,
} from "@anthropic-ai/sdk/resources/messages/messages";
import { textOf, type MessagePart, type NumberedResult } from "../../prompt/parts.ts";
import type { ProviderRequest } from "../provider.ts";
import { toSearchResult } from "./search-results.ts";

/**
 * Prompts of at least this many characters are cached, as far as the next turn repeats them. Below about a thousand
 * tokens the provider caches nothing, and a request without cache markers is easier to read.
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
const cachedFromChars = 4000;

const cached = { type: "ephemeral" } as const;

/** Builds the body of a request to the Messages API. */
export function toBody(request: ProviderRequest): MessageCreateParamsStreaming {
  const { model, systemPrompt, maxCompletionTokens } = request;
  if (maxCompletionTokens === undefined) throw new TypeError("Anthropic needs maxCompletionTokens.");
  return {
    model,
    max_tokens: maxCompletionTokens,
    messages: toMessages(request),
    stream: true,
    ...(systemPrompt === undefined ? {} : { system: toSystem(systemPrompt.toWellFormed()) }),
    ...toThinking(request),
    ...(sendsTemperature(request) ? { temperature: request.temperature } : {}),
  };
}

/** Whether a request carries a temperature: only if one is set, and the model supports one and does not think. */
export function sendsTemperature({ temperature, capabilities, thinking }: ProviderRequest): boolean {
  return temperature !== undefined && capabilities.temperature && thinking?.isOn !== true;
}

/**
 * Without `display`, newer models send empty blocks: the page could say that the model thinks, but not what. Models that
 * think with a budget are older than `display`, and send a summary.
 * @see https://platform.claude.com/docs/en/build-with-claude/thinking#controlling-thinking-display
 */
function toThinking({ thinking }: ProviderRequest): Pick<MessageCreateParamsStreaming, "thinking" | "output_config"> {
  const { mode, effort, budgetTokens, isSummarized } = thinking ?? {};
  const display = isSummarized ? ({ display: "summarized" } as const) : {};
  return {
    ...(effort !== undefined && effort !== "minimal" ? { output_config: { effort } } : {}),
    ...(mode === "off" ? { thinking: { type: "disabled" } } : {}),
    ...(mode === "between_tools" ? { thinking: { type: "between_tools" } } : {}),
    ...(mode === "on"
      ? budgetTokens === undefined
        ? { thinking: { type: "adaptive", ...display } }
        : { thinking: { type: "enabled", budget_tokens: budgetTokens } }
      : {}),
  };
}

/** The system prompt is the same for all visitors: a long one is cached for all of them. */
function toSystem(text: string): string | TextBlockParam[] {
  return text.length < cachedFromChars ? text : [{ type: "text", text, cache_control: cached }];
}

/**
 * The history is the same in the next turn; the last message is not, because it came through the template. So the cache
 * marker is on the message before the last one.
 */
function toMessages({ systemPrompt = "", messages }: ProviderRequest): MessageParam[] {
  const texts = messages.map(({ parts }) => textOf(parts));
  const history = texts.slice(0, -1);
  const repeated = history.reduce((sum, text) => sum + text.length, systemPrompt.length);
  const markedAt = repeated < cachedFromChars ? -1 : history.length - 1;
  return messages.map(({ role, parts }, at): MessageParam => {
    const [part, ...others] = parts;
    if (part?.type === "text" && others.length === 0 && at !== markedAt)
      return { role, content: wellFormed(part.text) };
    const content = parts.flatMap(toBlocks);
    const last = content.at(-1);
    if (last?.type === "text" && at === markedAt) last.cache_control = cached;
    return { role, content };
  });
}

function toBlocks(part: MessagePart): ContentBlockParam[] {
  return part.type === "text" ? [{ type: "text", text: wellFormed(part.text) }] : part.results.map(toSearchResult);
}

/** The search results of a request, in the order in which citations number them. */
export function resultsOf({ messages }: ProviderRequest): readonly NumberedResult[] {
  return messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === "results" ? part.results : [])));
}

/** Lone surrogates become U+FFFD: JSON can write them, but the API refuses them with status 400. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
