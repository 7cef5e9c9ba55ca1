import type { ChatError } from "../../../protocol/index.ts";
import type { WireReader } from "../answer-stream.ts";
import { endedEarly } from "../errors.ts";
import { isRecord, pick, recordIn, textIn, type JsonRecord } from "../narrow.ts";
import type { ProviderEvent, ProviderUsage } from "../provider.ts";
import { contentPieces } from "./content.ts";
import { errorIn, errorInStream } from "./failures.ts";
import { isFinishReason, replaces, toFinishReason } from "./finish-reasons.ts";
import { ThinkTags, type TextPiece } from "./think-tags.ts";
import { addUsage, usageIn } from "./usage.ts";

/**
 * Turns the frames of one chat completions stream into our events, whichever URL and vendor it came from. The answer is
 * whole when its finish reason or `[DONE]` has arrived; usage may follow the finish reason.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/latest#create-chat-completion
 */
export class AzureEvents implements WireReader {
  readonly endMarker = "[DONE]";
  readonly #tags = new ThinkTags();
  #opening: JsonRecord = {};
  #finish: JsonRecord = {};
  #finishError: unknown;
  #usage: ProviderUsage = {};
  #failure: ChatError | undefined;
  #hasText = false;
  #isRefusal = false;
  #isAccepted = false;
  #isFinished = false;

  /** Whether the provider has begun its answer. */
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Whether the end marker or an error has arrived. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether a finish reason has arrived. */
  get isWhole(): boolean {
    return this.#finish.finish_reason !== undefined;
  }

  /**
   * Reads one frame.
   * @returns the resulting events; `accepted` is always first
   * @throws SyntaxError if it is not JSON
   */
  push(data: string, name: string | undefined): ProviderEvent[] {
    if (data.trim() === "[DONE]") {
      this.#isFinished = true;
      return [];
    }
    const frame = name === "error" ? parseError(data) : parse(data);
    if (!isRecord(frame)) return [];
    const error = errorIn(frame, name);
    if (error !== undefined && !this.isWhole) return this.#fail(error, frame);
    const events = this.#read(frame);
    return this.#isAccepted ? events : this.#accept(frame, events);
  }

  /**
   * Ends the answer.
   * @returns the text that was held back, and `finish`
   * @throws ChatError for a failure that the provider reported, or `upstream_truncated` for an unknown finish reason or
   *   an end marker without an answer
   */
  end(): ProviderEvent[] {
    if (this.#failure !== undefined) throw this.#failure;
    const events: ProviderEvent[] = this.#isAccepted ? [] : [{ type: "accepted", providerData: this.#opening }];
    const held = this.#tags.end();
    this.#hasText ||= held.length > 0;
    events.push(...held, { type: "finish", finishReason: this.#finishReason(), providerData: this.#finish });
    this.#isAccepted = true;
    return events;
  }

  #finishReason() {
    const reported = textIn(this.#finish, "finish_reason");
    if (reported === undefined) {
      if (!this.#hasText) throw endedEarly("an answer");
      return this.#isRefusal ? "refusal" : "stop";
    }
    const finishReason = toFinishReason(reported, this.#finishError);
    return this.#isRefusal && finishReason === "stop" ? "refusal" : finishReason;
  }

  /** Usage in the frame of an error is reported before the error: the provider bills what it wrote. */
  #fail(error: unknown, frame: JsonRecord): ProviderEvent[] {
    this.#failure = errorInStream(error);
    this.#isFinished = true;
    return this.#report(frame, undefined);
  }

  /** A first frame with only filter results does not name the model yet. Its data is kept for the next frame. */
  #accept(frame: JsonRecord, events: ProviderEvent[]): ProviderEvent[] {
    const reported = pick(frame, ["id", "created", "system_fingerprint", "service_tier", "prompt_filter_results"]);
    this.#opening = { ...this.#opening, ...reported };
    const model = textIn(frame, "model");
    if (model === undefined && events.length === 0) return [];
    this.#isAccepted = true;
    return [{ type: "accepted", model, providerData: this.#opening }, ...events];
  }

  #read(frame: JsonRecord): ProviderEvent[] {
    const choice: unknown = Array.isArray(frame.choices) ? frame.choices[0] : undefined;
    const events = isRecord(choice) ? this.#readChoice(frame, choice) : [];
    events.push(...this.#report(frame, choice));
    return events;
  }

  #readChoice(frame: JsonRecord, choice: JsonRecord): ProviderEvent[] {
    const delta = recordIn(choice, "delta");
    const pieces: TextPiece[] = [];
    const reasoning = textIn(delta, "reasoning_content") ?? textIn(delta, "reasoning");
    if (reasoning !== undefined) pieces.push({ type: "reasoning", content: reasoning });
    for (const piece of contentPieces(delta.content)) {
      pieces.push(...(piece.type === "delta" ? this.#tags.push(piece.content) : [piece]));
    }
    const refusal = textIn(delta, "refusal");
    if (refusal !== undefined) {
      this.#isRefusal = true;
      pieces.push({ type: "delta", content: refusal });
    }
    const reported = choice.finish_reason;
    if (isFinishReason(reported) && replaces(reported, textIn(this.#finish, "finish_reason"))) {
      this.#finish = pick(choice, ["finish_reason", "content_filter_results", "stop_reason"]);
      this.#finishError = choice.error;
      pieces.push(...this.#tags.end());
    }
    if (pieces.length === 0) return [];
    this.#hasText ||= pieces.some(({ type }) => type === "delta");
    const providerData = { ...pick(frame, ["id"]), ...pick(choice, ["content_filter_results"]) };
    return pieces.map((piece) => ({ ...piece, providerData }));
  }

  #report(frame: JsonRecord, choice: unknown): ProviderEvent[] {
    const reported = usageIn(frame, choice);
    if (reported === undefined) return [];
    this.#usage = addUsage(this.#usage, reported.usage);
    return [{ type: "usage", usage: this.#usage, providerData: { usage: reported.raw } }];
  }
}

function parse(data: string): unknown {
  return JSON.parse(data);
}

/** An event named `error` reports an error, whatever its data is. */
function parseError(data: string): JsonRecord {
  try {
    const error = parse(data);
    return isRecord(error) ? error : {};
  } catch {
    return {}; // not JSON, for example a sentence
  }
}
