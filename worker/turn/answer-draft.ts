import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import { maxOutputTokensOf } from "../models/max-output-tokens.ts";
import { bytesIn, estimateTokens } from "../prompt/tokens.ts";
import type { ProviderUsage } from "../providers/provider.ts";
import type {
  ChatError,
  ChatEvent,
  Citation,
  FinishReason,
  ProviderData,
  Source,
  Usage,
  Warning,
} from "../../protocol/index.ts";
import { Allowance } from "./allowance.ts";
import { fitDetails, type AnswerDetails, type AnswerEnd } from "./answer.ts";
import type { Suggested } from "./read-follow-ups.ts";
import type { TurnSubject } from "./turn-storage.ts";
import { boundUsage, mergeUsage, sumUsage, type UsageBounds } from "./usage.ts";

/** How a turn ended. */
export type Ending =
  /** `isCut`: the worker ended the answer, so the provider did not report what it used. */
  | { kind: "finished"; finishReason: FinishReason; isCut?: boolean; providerData?: ProviderData }
  | { kind: "failed"; error: ChatError };

/**
 * The longest answer that is kept, in UTF-16 units: about 50,000 tokens, far more than a chat asks for. Even with every
 * unit escaped it stays below the 2 MB that a row may have.
 */
const maxAnswerChars = 200_000;

/** The most reasoning that is shown, in UTF-16 units: the same limit as for the answer. */
const maxReasoningChars = 200_000;

/** The longest quote of a source that a citation has, in UTF-16 units. */
const maxQuoteChars = 1000;

/**
 * The maximum size of all citations of an answer together, in bytes of JSON. They are stored in the same row as the
 * text.
 */
const maxCitationBytes = 128 * 1024;

/** The longest model name that is kept, in UTF-16 units. Real names have fewer than 100. */
const maxModelChars = 200;

/**
 * A reported count below a sixteenth of the estimated output is not believed: no language has tokens that long. Some
 * servers report zeros, and some report only what had been written when the answer began.
 */
const seenPerToken = 16;

/** How large a prompt is. */
export interface PromptSize {
  /** Used if the provider reports no usage. */
  estimatedTokens: number;
  /** Upper bound of everything that the provider reads, in bytes of UTF-8. */
  maxBytes: number;
}

/** The part of an answer that has arrived so far. */
export class AnswerDraft {
  content = "";
  readonly citations: Citation[] = [];
  readonly warnings: Warning[] = [];
  sources: Source[] = [];
  suggested: Suggested = { suggestions: [] };
  /** The provider's public name, and the model that answers, as the provider names it. */
  answeredBy: { provider: string; model: string } | undefined;
  contextMs: number | null = null;
  /** Whether no passage fits the question and the assistant keeps such questions. */
  isUnanswered = false;
  /** Estimated prompt tokens, used if the provider reports none. */
  estimatedInputTokens: number;
  /** Whether reasoning has arrived, or the provider has reported reasoning tokens. */
  hasReasoned = false;
  readonly #requestId: string;
  readonly #startedAt = Date.now();
  readonly #citationRoom = new Allowance(maxCitationBytes);
  #firstTokenMs: number | null = null;
  #reasoningChars = 0;
  #reasoningTokens = 0;
  #hiddenTokens = 0;
  #hiddenBytes = 0;
  #bounds: UsageBounds;
  /** What the provider reported for the newest request, limited to what the request can have used. */
  #reported: ProviderUsage = {};
  /** What earlier requests used: failed attempts, and a translation. */
  #earlier: ProviderUsage = {};
  #isOwnText = false;

  constructor(requestId: string, { estimatedTokens, maxBytes }: PromptSize) {
    this.#requestId = requestId;
    this.estimatedInputTokens = estimatedTokens;
    this.#bounds = { inputTokens: maxBytes, outputTokens: 0 };
  }

  /** Keeps what an event says about the answer besides its text. */
  note(event: ChatEvent): void {
    if (event.type === "sources") this.sources = event.sources;
    if (event.type === "suggestions") this.suggested = { suggestions: event.suggestions, handover: event.handover };
    if (event.type === "warning") this.warnings.push({ code: event.code, detail: event.detail });
  }

  /** Begins another request: from now on, reports of the provider are about this one. */
  beginAttempt(model: AssistantModel): void {
    this.answeredBy = { provider: model.provider, model: model.model };
    this.#earlier = sumUsage(this.#earlier, this.#reported);
    this.#reported = {};
    this.#bounds = { ...this.#bounds, outputTokens: maxOutputTokensOf(model) };
  }

  /** Counts a request that was made before the answer's: the translation of a question. */
  addEarlierUsage(usage: ProviderUsage): void {
    this.#earlier = sumUsage(this.#earlier, usage);
  }

  /** Marks the answer as our own text: no model was asked. */
  answerByItself(): void {
    this.#isOwnText = true;
  }

  /** Records the name that the provider gives its model. */
  nameModel(named: string): void {
    if (this.answeredBy) this.answeredBy = { ...this.answeredBy, model: cut(named, maxModelChars) };
  }

  /** Whether there is no room for another piece. */
  get isFull(): boolean {
    return this.content.length >= maxAnswerChars - 1; // one remaining unit cannot hold a surrogate pair
  }

  /** Whether there is nothing to read yet. */
  get isBlank(): boolean {
    return this.content.trim() === "";
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
    this.hasReasoned = true;
    this.#reasoningTokens += estimateTokens(piece);
    const shown = cut(piece, maxReasoningChars - this.#reasoningChars);
    this.#reasoningChars += shown.length;
    return shown;
  }

  /** Counts text that the model wrote and nobody sees: the provider bills it, too. */
  addHidden(text: string): void {
    if (text === "") return; // most pieces hide nothing
    this.#hiddenTokens += estimateTokens(text);
    this.#hiddenBytes += bytesIn(text);
  }

  /**
   * Length of the text that the model has written, in bytes of UTF-8: the answer and its hidden text, without
   * reasoning.
   */
  get writtenBytes(): number {
    return bytesIn(this.content) + this.#hiddenBytes;
  }

  /** Whether this citation is already there at the end of the text so far. */
  hasCitation(index: number, quote: string | undefined): boolean {
    const at = this.content.length;
    const shown = quote && cut(quote, maxQuoteChars);
    const from = this.citations.findLastIndex((citation) => citation.at !== at) + 1;
    return this.citations.slice(from).some((citation) => citation.index === index && citation.quote === shown);
  }

  /** Adds a citation at the end of the text so far; undefined if there is no room for it. */
  addCitation(index: number, quote: string | undefined): Citation | undefined {
    const citation = { index, quote: quote && cut(quote, maxQuoteChars), at: this.content.length };
    if (!this.#citationRoom.take(bytesIn(JSON.stringify(citation)))) return undefined;
    this.citations.push(citation);
    return citation;
  }

  /** Whether the provider reported that the newest request used anything. */
  get hasReport(): boolean {
    const { inputTokens, outputTokens } = this.#reported;
    return isBelievable(inputTokens, 1) || isBelievable(outputTokens, 1);
  }

  /** Adds a usage report from the provider. */
  addUsage(usage: ProviderUsage): void {
    this.#reported = boundUsage(mergeUsage(this.#reported, usage), this.#bounds);
    this.hasReasoned ||= (this.#reported.reasoningTokens ?? 0) > 0;
  }

  /**
   * Tokens that the turn used, including those of failed requests.
   * @param isComplete whether the provider ended the answer itself
   */
  usage(isComplete: boolean): Usage {
    const { inputTokens, outputTokens, source, ...others } = this.requestUsage(isComplete);
    return {
      ...sumUsage(this.#earlier, others),
      inputTokens: inputTokens + (this.#earlier.inputTokens ?? 0),
      outputTokens: outputTokens + (this.#earlier.outputTokens ?? 0),
      source,
    };
  }

  /**
   * Tokens that the newest request used. If the provider did not end the answer itself, or its report is too low to be
   * true, the output is what was seen or what was reported, whichever is more: the provider bills what it wrote.
   * @param isComplete whether the provider ended the answer itself
   */
  requestUsage(isComplete: boolean): Usage {
    if (this.#isOwnText) return { inputTokens: 0, outputTokens: 0, source: "provider" };
    const { inputTokens, outputTokens, ...others } = this.#reported;
    const seen = estimateTokens(this.content) + this.#hiddenTokens + this.#reasoningTokens;
    const isKnown = isComplete && isBelievable(inputTokens, 1) && isBelievable(outputTokens, seen / seenPerToken);
    return {
      inputTokens: isBelievable(inputTokens, 1) ? inputTokens : this.estimatedInputTokens,
      outputTokens: isKnown ? outputTokens : Math.max(outputTokens ?? 0, seen),
      ...others,
      source: isKnown ? "provider" : "estimated",
    };
  }

  /**
   * The ended answer, as it is stored. Half of a surrogate pair, which cannot be stored, becomes U+FFFD, as it does in
   * a browser.
   */
  end({ answer, assistant }: TurnSubject, ending: Ending): AnswerEnd {
    const isAborted = ending.kind === "finished" && ending.finishReason === "aborted";
    const status = ending.kind === "failed" ? "failed" : isAborted ? "aborted" : "complete";
    return { id: answer, status, content: this.content.toWellFormed(), details: this.details(assistant, ending) };
  }

  /** What is stored alongside the text. Without `ending`, it is what is known when the turn begins. */
  details(assistant: Assistant, ending?: Ending): AnswerDetails {
    return fitDetails(this.#details(assistant, ending));
  }

  #details(assistant: Assistant, ending: Ending | undefined): AnswerDetails {
    const { expose } = assistant;
    const { citations, sources, suggested, warnings } = this;
    const details: AnswerDetails = {
      requestId: this.#requestId,
      estimatedInputTokens: this.estimatedInputTokens,
      ...{ citations, sources, warnings },
      ...(suggested.suggestions.length > 0 || suggested.handover ? suggested : {}),
      provider: expose.provider ? this.#answeredByOrDefault(assistant).provider : undefined,
      model: expose.model ? this.#answeredByOrDefault(assistant).model : undefined,
    };
    if (ending === undefined) return details;
    const isComplete = ending.kind === "finished" && ending.finishReason !== "aborted" && !ending.isCut;
    const timing = { contextMs: this.contextMs, firstTokenMs: this.#firstTokenMs, totalMs: this.#elapsedMs() };
    const unanswered = this.isUnanswered ? { isUnanswered: true as const } : {};
    const ended = { ...details, ...unanswered, usage: this.usage(isComplete), timing };
    if (ending.kind === "failed") {
      return { ...ended, errorCode: ending.error.code, retryAfterMs: ending.error.retryAfterMs };
    }
    return { ...ended, finishReason: ending.finishReason, providerData: ending.providerData };
  }

  #answeredByOrDefault(assistant: Assistant): { provider: string; model: string } {
    return this.answeredBy ?? assistant.models[0];
  }

  #sawToken(): void {
    this.#firstTokenMs ??= this.#elapsedMs();
  }

  #elapsedMs(): number {
    return Date.now() - this.#startedAt;
  }
}

function isBelievable(count: number | undefined, least: number): count is number {
  return count !== undefined && count >= least;
}

/** The first `length` UTF-16 units of a text, but never with half of a surrogate pair at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? length - 1 : Math.max(length, 0));
}
