import type {
  MessageCreateParamsStreaming,
  MessageParam,
  TextBlockParam,
} from "@anthropic-ai/sdk/resources/messages/messages";
import type { ProviderRequest } from "./provider.ts";

/**
 * From so many characters on the provider is asked to keep what repeats in its cache. Below about a thousand tokens it
 * keeps nothing, and a request is simpler to read without marks.
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
const cachedFromChars = 4000;

const cached = { type: "ephemeral" } as const;

/** The body of a request on Anthropic's wire. */
export function toBody(request: ProviderRequest): MessageCreateParamsStreaming {
  const { model, systemPrompt, maxCompletionTokens } = request;
  if (maxCompletionTokens === undefined) throw new TypeError("Anthropic needs maxCompletionTokens.");
  return {
    model,
    max_tokens: maxCompletionTokens,
    messages: toMessages(request),
    stream: true,
    ...(systemPrompt === undefined ? {} : { system: toSystem(systemPrompt.toWellFormed()) }),
    ...(sendsTemperature(request) ? { temperature: request.temperature } : {}),
  };
}

/** Whether a request carries a temperature: only where one is set, and the model takes one. */
export function sendsTemperature(request: ProviderRequest): boolean {
  return request.temperature !== undefined && request.capabilities.temperature;
}

/** The system prompt is the same for all visitors: a long one is kept for all of them. */
function toSystem(text: string): string | TextBlockParam[] {
  return text.length < cachedFromChars ? text : [{ type: "text", text, cache_control: cached }];
}

/**
 * The history is the same in the next turn, the last message is not: it came through the template. So the mark is on the
 * message before the last.
 */
function toMessages({ systemPrompt = "", messages }: ProviderRequest): MessageParam[] {
  const history = messages.slice(0, -1);
  const repeated = history.reduce((sum, { content }) => sum + content.length, systemPrompt.length);
  const markedAt = repeated < cachedFromChars ? -1 : history.length - 1;
  return messages.map(({ role, content }, at): MessageParam => {
    // Lone surrogates become U+FFFD: JSON can write them, and the API answers 400 to them.
    const text = content.toWellFormed();
    return { role, content: at === markedAt ? [{ type: "text", text, cache_control: cached }] : text };
  });
}
