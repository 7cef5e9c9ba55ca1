import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import type { SearchResult } from "../assistants/definition.ts";
import type { ProviderMessage, ProviderRequest } from "../providers/provider.ts";
import type { FittedHistory } from "./history.ts";
import { textOf, textParts, type MessagePart } from "./parts.ts";
import { countPlaceholders, defaultTemplate, fillTemplate } from "./template.ts";
import { estimateTokens } from "./tokens.ts";

/** The information that a model may base its answer on. */
export type PromptContext = string | readonly SearchResult[] | undefined;

/** The parts of a prompt, without its context. */
export interface PromptParts {
  assistant: Assistant;
  /** Earlier turns of the conversation. */
  history: FittedHistory;
  /** What the visitor typed. */
  question: readonly MessagePart[];
}

/** The prompt as every model receives it, independent of the provider. */
export interface AssembledPrompt {
  systemPrompt: string | undefined;
  messages: readonly ProviderMessage[];
  /** Used if the provider reports no prompt tokens. */
  estimatedInputTokens: number;
}

/** Upper bound of what the roles, brackets and separators of one message add to its text, in bytes. */
const framingBytes = 64;

/** Assembles what a model receives: system prompt, history, and the question in its template. */
export function assemblePrompt({ assistant, history, question }: PromptParts, context: PromptContext): AssembledPrompt {
  const { systemPrompt } = assistant;
  const messages: ProviderMessage[] = history.turns.flatMap((turn): ProviderMessage[] => [
    { role: "user", parts: turn.question },
    { role: "assistant", parts: textParts(turn.answer) },
  ]);
  messages.push({ role: "user", parts: textParts(lastMessage(assistant.promptTemplate, context, textOf(question))) });
  const texts = [systemPrompt ?? "", ...messages.map(({ parts }) => textOf(parts))];
  return { systemPrompt, messages, estimatedInputTokens: estimateAll(texts) };
}

/**
 * Upper bound of a prompt's size before its context is known, so that its cost can be reserved.
 * @param contextBytes upper bound of the context as it is written into the prompt, in bytes of UTF-8
 * @returns an upper bound in bytes of UTF-8, and an estimate in tokens without the context
 */
export function measurePrompt(
  { assistant, history, question }: PromptParts,
  contextBytes: number,
): { maxBytes: number; estimatedTokens: number } {
  const { systemPrompt = "", promptTemplate } = assistant;
  const asked = textOf(question);
  const template = promptTemplate ?? (contextBytes > 0 ? defaultTemplate : "@@userPrompt");
  const counts = countPlaceholders(template);
  const earlier = history.turns.flatMap((turn) => [textOf(turn.question), turn.answer]);
  const fixed = [systemPrompt, template, ...earlier];
  const fixedBytes = fixed.reduce((sum, text) => sum + bytesIn(text) + framingBytes, framingBytes);
  return {
    maxBytes: fixedBytes + counts.context * contextBytes + counts.userPrompt * bytesIn(asked),
    estimatedTokens: estimateAll([...fixed, asked]),
  };
}

/** The request that asks one model with a prompt. */
export function requestFor({ systemPrompt, messages }: AssembledPrompt, model: AssistantModel): ProviderRequest {
  const { capabilities, temperature, thinking, maxCompletionTokens } = model;
  return { model: model.model, capabilities, systemPrompt, messages, temperature, thinking, maxCompletionTokens };
}

/** Writes context as the model reads it: text unchanged, search results numbered from 1. */
export function writeContext(context: PromptContext): string {
  if (context === undefined || typeof context === "string") return context ?? "";
  return context.map(({ title, source, content }, at) => `[${at + 1}] ${title} (${source})\n${content}`).join("\n\n");
}

function lastMessage(template: string | undefined, context: PromptContext, userPrompt: string): string {
  const contextText = writeContext(context);
  if (template === undefined && contextText === "") return userPrompt;
  return fillTemplate(template ?? defaultTemplate, { context: contextText, userPrompt });
}

function estimateAll(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

/** How many bytes a text has as UTF-8. */
export function bytesIn(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
