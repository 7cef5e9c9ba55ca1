import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import type { ProviderMessage, ProviderRequest } from "../providers/provider.ts";
import { cleanContext, type ContextSize, type PromptContext } from "./context.ts";
import { chooseMark, maxContextBytes, writeContext } from "./fence.ts";
import type { FittedHistory } from "./history.ts";
import { textOf, textParts, type MessagePart } from "./parts.ts";
import { aboutResults, countPlaceholders, fillTemplate, templateFor } from "./template.ts";
import { bytesIn, estimateTokens } from "./tokens.ts";

/** The parts of a prompt, without its context. */
export interface PromptParts {
  assistant: Assistant;
  /** Earlier turns of the conversation. */
  history: FittedHistory;
  /** What the visitor typed. */
  question: readonly MessagePart[];
}

/** The prompt, for any of the assistant's models. */
export interface AssembledPrompt {
  systemPrompt: string | undefined;
  history: readonly ProviderMessage[];
  /** The last message: the question with its context as text. */
  asText: readonly MessagePart[];
  /** The same for models whose API cites search results; undefined if there are none, or a template says where they go. */
  withResults: readonly MessagePart[] | undefined;
  /** The numbers of the results that a model has. It is asked to cite no others. */
  citable: ReadonlySet<number>;
  /** Used if the provider reports no prompt tokens. */
  estimatedInputTokens: number;
}

/** Upper bound of what the roles, brackets and separators of one message add to its text, in bytes. */
const framingBytes = 64;

/**
 * Upper bounds for an API that cites: what it tells the model about citing, in bytes, and how many bytes the model reads
 * per byte of a result, whose sentences it numbers.
 */
const citingBytes = 2000;
const citedBytesPerByte = 1.5;

/** As long as a mark or longer. */
const longestMark = "m".repeat(16);

/**
 * Assembles what a model receives: system prompt, history, and the question with its context. The context is either text
 * in the assistant's template or a default one, between lines with a mark that no document can know; or parts of the
 * message, for an API that cites them.
 */
export function assemblePrompt({ assistant, history, question }: PromptParts, context: PromptContext): AssembledPrompt {
  const { systemPrompt, promptTemplate } = assistant;
  const earlier: ProviderMessage[] = history.turns.flatMap((turn): ProviderMessage[] => [
    { role: "user", parts: turn.question },
    { role: "assistant", parts: textParts(turn.answer) },
  ]);
  const clean = cleanContext(context);
  const userPrompt = textOf(question);
  const asText = writeQuestion(promptTemplate, clean, userPrompt);
  const texts = [systemPrompt ?? "", ...earlier.map(({ parts }) => textOf(parts)), asText];
  return {
    systemPrompt,
    history: earlier,
    asText: textParts(asText),
    withResults:
      promptTemplate === undefined && clean.results.length > 0 ? questionWithResults(clean, userPrompt) : undefined,
    citable: new Set(clean.results.map(({ index }) => index)),
    estimatedInputTokens: estimateAll(texts),
  };
}

/**
 * Upper bound of a prompt's size before its context is known, so that its cost can be reserved.
 * @returns an upper bound in bytes of UTF-8, and an estimate in tokens without the context
 */
export function measurePrompt(
  { assistant, history, question }: PromptParts,
  context: ContextSize,
): { maxBytes: number; estimatedTokens: number } {
  const { systemPrompt = "", promptTemplate } = assistant;
  const asked = textOf(question);
  const hasContext = context.bytes > 0 || context.results > 0;
  const mark = context.results > 0 ? longestMark : undefined;
  const template = hasContext || promptTemplate !== undefined ? templateFor(promptTemplate, mark) : "@@userPrompt";
  const counts = countPlaceholders(template);
  const earlier = history.turns.flatMap((turn) => [textOf(turn.question), turn.answer]);
  const fixed = [systemPrompt, template, ...earlier];
  const fixedBytes = fixed.reduce((sum, text) => sum + bytesIn(text) + framingBytes, framingBytes);
  const contextBytes = maxContextBytes(context);
  const takesResults = promptTemplate === undefined && assistant.models.some((model) => model.citesResults === true);
  const citedBytes = citingBytes + context.results * framingBytes + citedBytesPerByte * contextBytes;
  const lastBytes = Math.max(
    counts.context * contextBytes,
    takesResults && context.results > 0 ? Math.ceil(citedBytes) : 0,
  );
  return {
    maxBytes: fixedBytes + lastBytes + counts.userPrompt * bytesIn(asked),
    estimatedTokens: estimateAll([...fixed, asked]),
  };
}

/** The request that asks one model with a prompt. */
export function requestFor(prompt: AssembledPrompt, model: AssistantModel): ProviderRequest {
  const { systemPrompt, history, asText, withResults } = prompt;
  const parts = takesResults(prompt, model) ? (withResults ?? asText) : asText;
  const messages: ProviderMessage[] = [...history, { role: "user", parts }];
  const { capabilities, temperature, thinking, maxCompletionTokens } = model;
  return { model: model.model, capabilities, systemPrompt, messages, temperature, thinking, maxCompletionTokens };
}

/** The numbers that a model can cite by markers in its answer; none if its API cites by itself. */
export function markersFor(prompt: AssembledPrompt, model: AssistantModel): ReadonlySet<number> {
  return takesResults(prompt, model) ? new Set() : prompt.citable;
}

function takesResults({ withResults }: AssembledPrompt, { citesResults = false }: AssistantModel): boolean {
  return citesResults && withResults !== undefined;
}

function writeQuestion(template: string | undefined, context: PromptContext, userPrompt: string): string {
  const hasContext = context.text !== "" || context.results.length > 0;
  if (template === undefined && !hasContext) return userPrompt;
  const mark = chooseMark([template ?? "", userPrompt, ...textsIn(context)]);
  const complete = templateFor(template, context.results.length > 0 ? mark : undefined);
  return fillTemplate(complete, { context: writeContext(context, mark), userPrompt });
}

/** The question is a part of its own, so that nothing around it can be taken for a part of it. */
function questionWithResults({ text, results }: PromptContext, userPrompt: string): MessagePart[] {
  const mark = chooseMark([text]);
  const context = writeContext({ text, results: [] }, mark);
  const about = context === "" ? aboutResults : `${context}\n\n${aboutResults}`;
  return [
    { type: "results", results },
    { type: "text", text: about },
    { type: "text", text: userPrompt },
  ];
}

function textsIn({ text, results }: PromptContext): string[] {
  return [text, ...results.flatMap(({ title, source, content }) => [title, source, content])];
}

function estimateAll(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}
