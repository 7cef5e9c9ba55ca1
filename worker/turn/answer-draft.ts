import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import { maxOutputTokensOf } from "../models/reasoning.ts";
import { estimateTokens } from "../prompt/tokens.ts";
import type { ProviderUsage } from "../providers/provider.ts";
import type { ChatError, Citation, FinishReason, ProviderData, Source, Usage, Warning } from "../../protocol/index.ts";
import type { AnswerDetails, AnswerEnd } from "./answer.ts";
import type { TurnSubject } from "./turn-storage.ts";
import { boundUsage, mergeUsage, sumUsage, type UsageBounds } from "./usage.ts";

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

/**
 * A report of less than a sixteenth of the estimated output is no count of it: in no language are tokens that long. Some
 * servers report zeros, and some only what was written when the answer began.
 */
const seenPerToken = 16;

/** How large a prompt is. */
export interface PromptSize {
  /** For usage if the provider reports none. */
  estimatedTokens: number;
  /** Upper bound of everything that the provider reads, in bytes of UTF-8. */
  maxBytes: number;
}

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
  /** Whether the model was seen to reason, or reported that it did. */
  hasReasoned = false;
  readonly #requestId: string;
  readonly #startedAt = Date.now();
  #firstTokenMs: number | null = null;
  #reasoningTokens = 0;
  #bounds: UsageBounds;
  /** What the provider reported on the newest request, within its bounds. */
  #reported: ProviderUsage = {};
  /** What was reported on the requests before, which failed. */
  #failed: ProviderUsage = {};

  constructor(requestId: string, { estimatedTokens, maxBytes }: PromptSize) {
    this.#requestId = requestId;
    this.estimatedInputTokens = estimatedTokens;
    this.#bounds = { inputTokens: maxBytes, outputTokens: 0 };
  }

  /** Another request is sent: what the provider reports from now on is about this one. */
  beginAttempt(model: AssistantModel): void {
    this.answeredBy = { provider: model.provider, model: model.model };
    this.#failed = sumUsage(this.#failed, this.#reported);
    this.#reported = {};
    this.#bounds = { ...this.#bounds, outputTokens: maxOutputTokensOf(model) };
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

  addReasoning(piece: string): void {
    this.#sawToken();
    this.hasReasoned = true;
    this.#reasoningTokens += estimateTokens(piece);
  }

  /** Adds a report of the provider's. @returns the tokens that the turn used so far */
  addUsage(usage: ProviderUsage): Usage {
    this.#reported = boundUsage(mergeUsage(this.#reported, usage), this.#bounds);
    this.hasReasoned ||= (this.#reported.reasoningTokens ?? 0) > 0;
    return this.usage(true);
  }

  /** Tokens that the turn used, those of failed requests included. */
  usage(isComplete: boolean): Usage {
    const { inputTokens, outputTokens, source, ...others } = this.requestUsage(isComplete);
    return {
      ...sumUsage(this.#failed, others),
      inputTokens: inputTokens + (this.#failed.inputTokens ?? 0),
      outputTokens: outputTokens + (this.#failed.outputTokens ?? 0),
      source,
    };
  }

  /**
   * Tokens that the newest request used. If the provider did not end the answer itself, or reported less than can be true,
   * the output is what was seen or what the provider reported, whichever is more: the provider bills what it wrote.
   */
  requestUsage(isComplete: boolean): Usage {
    const { inputTokens, outputTokens, ...others } = this.#reported;
    const seen = estimateTokens(this.content) + this.#reasoningTokens;
    const isKnown = isComplete && isBelievable(inputTokens, 1) && isBelievable(outputTokens, seen / seenPerToken);
    return {
      inputTokens: isBelievable(inputTokens, 1) ? inputTokens : this.estimatedInputTokens,
      outputTokens: isKnown ? outputTokens : Math.max(outputTokens ?? 0, seen),
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
    const providerData = expose.providerData ? ending.providerData : undefined;
    return { ...ended, finishReason: ending.finishReason, providerData };
  }

  #by(assistant: Assistant): { provider: string; model: string } {
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

/** The first `length` UTF-16 units of a text, without half of a character at the end. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? length - 1 : Math.max(length, 0));
}
