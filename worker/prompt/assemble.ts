import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import type { ProviderMessage, ProviderRequest } from "../providers/provider.ts";
import { cleanContext, type ContextSize, type PromptContext } from "./context.ts";
import { chooseMark, maxContextBytes, writeContext } from "./fence.ts";
import { aboutFollowUps, followUpMarks, type FollowUpMarks } from "./follow-ups.ts";
import type { FittedHistory } from "./history.ts";
import { textOf, textParts, type MessagePart } from "./parts.ts";
import { aboutResults, countPlaceholders, fillTemplate, joinLines, templateFor } from "./template.ts";
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
  /** The last message for an API that cites results; undefined without results or if the assistant has a template. */
  withResults: readonly MessagePart[] | undefined;
  /** The numbers of the results that the model receives. It is asked to cite no others. */
  citable: ReadonlySet<number>;
  /** Where the model writes its follow-up questions; undefined if the assistant offers none. */
  followUps: FollowUpMarks | undefined;
  /** Used if the provider reports no prompt tokens. */
  estimatedInputTokens: number;
}

/** Upper bound of what the roles, brackets and separators of one message add to its text, in bytes. */
const framingBytes = 64;

/**
 * Upper bounds for an API that cites by itself: how many bytes it adds to tell the model how to cite, and how many
 * bytes the model reads per byte of a result, because the API numbers the result's sentences.
 */
const citingBytes = 2000;
const citedBytesPerByte = 1.5;

/** Stands in for the mark when a prompt is measured before its mark is chosen. No mark is longer. */
const longestMark = "m".repeat(16);

/**
 * Assembles what a model receives: system prompt, history, and the question with its context. The context is text in
 * the assistant's template or the default one, between lines with a mark that no document can know. For an API that
 * cites results by itself, the results are separate parts of the message.
 */
export function assemblePrompt({ assistant, history, question }: PromptParts, context: PromptContext): AssembledPrompt {
  const { systemPrompt, promptTemplate } = assistant;
  const earlier: ProviderMessage[] = history.turns.flatMap((turn): ProviderMessage[] => [
    { role: "user", parts: turn.question },
    { role: "assistant", parts: textParts(turn.answer) },
  ]);
  const clean = cleanContext(context);
  const userPrompt = textOf(question);
  const told = [systemPrompt ?? "", ...earlier.map(({ parts }) => textOf(parts))];
  const mark = chooseMark([...told, promptTemplate ?? "", userPrompt, ...textsIn(clean)]);
  const asText = writeQuestion(assistant, clean, userPrompt, mark);
  return {
    systemPrompt,
    history: earlier,
    asText: textParts(asText),
    withResults:
      promptTemplate === undefined && clean.results.length > 0
        ? questionWithResults(assistant, clean, userPrompt, mark)
        : undefined,
    citable: new Set(clean.results.map(({ index }) => index)),
    followUps: assistant.followUps && followUpMarks(mark),
    estimatedInputTokens: estimateAll([...told, asText]),
  };
}

/**
 * Measures a prompt before its context is known, so that its cost can be reserved.
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
  const template = templateFor(promptTemplate, { hasContext, mark, followUps: followUpsFor(assistant, longestMark) });
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

/** The request that sends a prompt to one model. */
export function requestFor(prompt: AssembledPrompt, model: AssistantModel): ProviderRequest {
  const { systemPrompt, history, asText, withResults } = prompt;
  const parts = takesResults(prompt, model) ? (withResults ?? asText) : asText;
  const messages: ProviderMessage[] = [...history, { role: "user", parts }];
  const { capabilities, temperature, thinking, maxCompletionTokens } = model;
  return { model: model.model, capabilities, systemPrompt, messages, temperature, thinking, maxCompletionTokens };
}

/** The numbers that a model can cite by markers in its answer; none if its API cites the results by itself. */
export function markersFor(prompt: AssembledPrompt, model: AssistantModel): ReadonlySet<number> {
  return takesResults(prompt, model) ? new Set() : prompt.citable;
}

function takesResults({ withResults }: AssembledPrompt, { citesResults = false }: AssistantModel): boolean {
  return citesResults && withResults !== undefined;
}

function writeQuestion(assistant: Assistant, context: PromptContext, userPrompt: string, mark: string): string {
  const hasContext = context.text !== "" || context.results.length > 0;
  const template = templateFor(assistant.promptTemplate, {
    hasContext,
    mark: context.results.length > 0 ? mark : undefined,
    followUps: followUpsFor(assistant, mark),
  });
  return fillTemplate(template, { context: writeContext(context, mark), userPrompt });
}

/** The question is a separate part, so that no other text can be mistaken for a piece of the question. */
function questionWithResults(
  assistant: Assistant,
  { text, results }: PromptContext,
  userPrompt: string,
  mark: string,
): MessagePart[] {
  const context = writeContext({ text, results: [] }, mark);
  const told = joinLines(aboutResults, followUpsFor(assistant, mark));
  const about = context === "" ? told : `${context}\n\n${told}`;
  return [
    { type: "results", results },
    { type: "text", text: about },
    { type: "text", text: userPrompt },
  ];
}

/** What a model is told about follow-up questions; empty if the assistant offers none. */
function followUpsFor({ followUps }: Assistant, mark: string): string {
  return followUps === undefined ? "" : aboutFollowUps(followUps, followUpMarks(mark));
}

function textsIn({ text, results }: PromptContext): string[] {
  return [text, ...results.flatMap(({ title, source, content }) => [title, source, content])];
}

function estimateAll(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}
