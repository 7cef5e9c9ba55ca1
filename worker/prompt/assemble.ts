import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import type { SearchResult } from "../assistants/definition.ts";
import type { ProviderMessage, ProviderRequest } from "../providers/provider.ts";
import type { HistoryTurn } from "./history.ts";
import { fitHistory } from "./history.ts";
import { defaultTemplate, fillTemplate } from "./template.ts";
import { estimateTokens } from "./tokens.ts";

/** What a prompt is made from. */
export interface PromptParts {
  assistant: Assistant;
  /** Earlier turns of the conversation, oldest first. */
  history: readonly HistoryTurn[];
  context: string | readonly SearchResult[] | undefined;
  /** What the visitor typed. */
  userPrompt: string;
}

/** What the model receives, whichever model it is, and what the turn has to know of it. */
export interface AssembledPrompt {
  systemPrompt: string | undefined;
  messages: readonly ProviderMessage[];
  historyTrimmed: boolean;
  /** Where the provider does not say how many tokens went in. */
  estimatedInputTokens: number;
  /** Of everything that the provider reads, as UTF-8, its framing included: no token is shorter than a byte. */
  bytes: number;
}

/** Assembles what a model receives: system prompt, history, and the last message by the template. */
export function assemblePrompt({ assistant, history, context, userPrompt }: PromptParts): AssembledPrompt {
  const { systemPrompt } = assistant;
  const fitted = fitHistory(history, assistant.history);
  const messages: ProviderMessage[] = fitted.turns.flatMap((turn) => [
    { role: "user" as const, content: turn.userPrompt },
    { role: "assistant" as const, content: turn.answer },
  ]);
  messages.push({ role: "user", content: lastMessage(assistant.promptTemplate, context, userPrompt) });
  const texts = [systemPrompt ?? "", ...messages.map((message) => message.content)];
  return {
    systemPrompt,
    messages,
    historyTrimmed: fitted.trimmed,
    estimatedInputTokens: texts.reduce((sum, text) => sum + estimateTokens(text), 0),
    bytes: new TextEncoder().encode(JSON.stringify({ systemPrompt, messages })).byteLength,
  };
}

/** The request that asks one model with a prompt. */
export function requestFor({ systemPrompt, messages }: AssembledPrompt, model: AssistantModel): ProviderRequest {
  const { capabilities, temperature, maxCompletionTokens } = model;
  return { model: model.model, capabilities, systemPrompt, messages, temperature, maxCompletionTokens };
}

function lastMessage(template: string | undefined, context: PromptParts["context"], userPrompt: string): string {
  const contextText = context === undefined ? "" : writeContext(context);
  if (template === undefined && contextText === "") return userPrompt;
  return fillTemplate(template ?? defaultTemplate, { context: contextText, userPrompt });
}

/** Writes context as the model reads it: text as it is, search results numbered from 1. */
export function writeContext(context: string | readonly SearchResult[]): string {
  if (typeof context === "string") return context;
  return context.map(({ title, source, content }, at) => `[${at + 1}] ${title} (${source})\n${content}`).join("\n\n");
}
