import type { Assistant } from "../assistants/assistant.ts";
import { bytesIn } from "../prompt/assemble.ts";
import { estimateTokens } from "../prompt/tokens.ts";
import type { ProviderUsage } from "../providers/provider.ts";
import type { ChatError, Citation, FinishReason, ProviderData, Source, Usage, Warning } from "../../protocol/index.ts";
import { Allowance } from "./allowance.ts";
import { fitDetails, type AnswerDetails, type AnswerEnd } from "./answer.ts";
import type { TurnSubject } from "./turn-storage.ts";

/** How a turn ended. */
export type Ending =
  /** `isCut`: ended by us, so the provider did not report what it used. */
  | { kind: "finished"; finishReason: FinishReason; isCut?: boolean; providerData?: ProviderData }
  | { kind: "failed"; error: ChatError };

/**
 * The longest answer that is kept, in UTF-16 units: about 50,000 tokens, far more than a chat asks for. Even with every
 * unit escaped it stays below the 2 MB that a row may have.
 */
const maxAnswerChars = 200_000;

/** The most reasoning that is shown, in UTF-16 units: as much as of the answer. */
const maxReasoningChars = 200_000;

/** The longest words of a source that a citation repeats, in UTF-16 units. */
const maxQuoteChars = 1000;

/** The most that all citations of an answer may have, in bytes of JSON: they are stored beside the text, in its row. */
const maxCitationBytes = 128 * 1024;

/** The longest name of a model that is kept, in UTF-16 units; those in use have less than 100. */
const maxModelChars = 200;

/** What has come in of an answer so far. */
export class AnswerDraft {
  content = "";
  readonly citations: Citation[] = [];
  readonly warnings: Warning[] = [];
  sources: Source[] = [];
  /** Who answers: the provider's public name, and the model as the provider names it. */
  answeredBy: { provider: string; model: string } | undefined;
  contextMs: number | null = null;
  /** Of the prompt, for usage if the provider reports none. */
  estimatedInputTokens: number;
  readonly #requestId: string;
  readonly #startedAt = Date.now();
  readonly #citationRoom = new Allowance(maxCitationBytes);
  #firstTokenMs: number | null = null;
  #reasoningChars = 0;
  #reasoningTokens = 0;
  #usage: ProviderUsage = {};

  constructor(requestId: string, estimatedInputTokens: number) {
    this.#requestId = requestId;
    this.estimatedInputTokens = estimatedInputTokens;
  }

  /** Notes how the provider that was asked names its model. */
  nameModel(named: string): void {
    if (this.answeredBy) this.answeredBy = { ...this.answeredBy, model: cut(named, maxModelChars) };
  }

  /** Whether there is no room for another piece. */
  get isFull(): boolean {
    return this.content.length >= maxAnswerChars - 1; // the last place may be too small for a pair
  }

  /** Adds as much of a piece as there is room for; returns what was added. */
  addDelta(piece: string): string {
    this.#sawToken();
    const added = cut(piece, maxAnswerChars - this.content.length);
    this.content += added;
    return added;
  }

  /** Counts a piece of reasoning; returns as much of it as there is room for. */
  addReasoning(piece: string): string {
    this.#sawToken();
    this.#reasoningTokens += estimateTokens(piece);
    const shown = cut(piece, maxReasoningChars - this.#reasoningChars);
    this.#reasoningChars += shown.length;
    return shown;
  }

  /** Adds a citation at the end of the text so far; undefined if there is no room for it. */
  addCitation(index: number, quote: string | undefined): Citation | undefined {
    const citation = { index, quote: quote && cut(quote, maxQuoteChars), at: this.content.length };
    if (!this.#citationRoom.take(bytesIn(JSON.stringify(citation)))) return undefined;
    this.citations.push(citation);
    return citation;
  }

  /** Cumulative: a later report of the provider replaces an earlier one. */
  addUsage(usage: ProviderUsage): void {
    this.#usage = { ...this.#usage, ...usage };
  }

  /**
   * Tokens used. If the provider did not end the turn itself, the output is what was seen or what the provider reported
   * so far, whichever is more: the provider bills what it wrote.
   */
  usage(isComplete: boolean): Usage {
    const { inputTokens, outputTokens, ...others } = this.#usage;
    const isKnown = isComplete && inputTokens !== undefined && outputTokens !== undefined;
    return {
      inputTokens: inputTokens ?? this.estimatedInputTokens,
      outputTokens: isKnown ? outputTokens : Math.max(outputTokens ?? 0, this.#seenTokens()),
      ...others,
      source: isKnown ? "provider" : "estimated",
    };
  }

  /** The answer at its end. */
  end({ answer, assistant }: TurnSubject, ending: Ending): AnswerEnd {
    const isAborted = ending.kind === "finished" && ending.finishReason === "aborted";
    const status = ending.kind === "failed" ? "failed" : isAborted ? "aborted" : "complete";
    return { id: answer, status, content: this.content, details: this.details(assistant, ending) };
  }

  /** What is stored beside the text; without an ending, what is known at the turn's beginning. */
  details(assistant: Assistant, ending?: Ending): AnswerDetails {
    return fitDetails(this.#details(assistant, ending));
  }

  #details(assistant: Assistant, ending: Ending | undefined): AnswerDetails {
    const { expose } = assistant;
    const { citations, sources, warnings } = this;
    const details: AnswerDetails = {
      requestId: this.#requestId,
      estimatedInputTokens: this.estimatedInputTokens,
      ...{ citations, sources, warnings },
      provider: expose.provider ? this.#by(assistant).provider : undefined,
      model: expose.model ? this.#by(assistant).model : undefined,
    };
    if (ending === undefined) return details;
    const isComplete = ending.kind === "finished" && ending.finishReason !== "aborted" && !ending.isCut;
    const timing = { contextMs: this.contextMs, firstTokenMs: this.#firstTokenMs, totalMs: this.#elapsedMs() };
    const ended = { ...details, usage: this.usage(isComplete), timing };
    if (ending.kind === "failed") {
      return { ...ended, errorCode: ending.error.code, retryAfterMs: ending.error.retryAfterMs };
    }
    return { ...ended, finishReason: ending.finishReason, providerData: ending.providerData };
  }

  #by(assistant: Assistant): { provider: string; model: string } {
    return this.answeredBy ?? assistant.models[0];
  }

  #seenTokens(): number {
    return estimateTokens(this.content) + this.#reasoningTokens;
  }

  #sawToken(): void {
    this.#firstTokenMs ??= this.#elapsedMs();
  }

  #elapsedMs(): number {
    return Date.now() - this.#startedAt;
  }
}

/** The first `length` UTF-16 units of a text, without half of a character at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? length - 1 : Math.max(length, 0));
}
