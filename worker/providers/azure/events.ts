import { ChatError } from "../../../protocol/index.ts";
import type { ErrorCode } from "../../../protocol/index.ts";
import { countIn, isRecord, pick, recordIn, textIn } from "../narrow.ts";
import type { JsonRecord } from "../narrow.ts";
import type { WireReader } from "../answer-stream.ts";
import type { ProviderEvent, ProviderUsage } from "../provider.ts";

type FinishEvent = Extract<ProviderEvent, { type: "finish" }>;

const finishReasons: Readonly<Record<string, FinishEvent["finishReason"]>> = {
  stop: "stop",
  length: "length",
  model_length: "length", // Mistral's name for a full context window
  content_filter: "content_filter",
};

const errorCodes: Readonly<Record<string, ErrorCode>> = {
  content_filter: "content_filtered",
  ResponsibleAIPolicyViolation: "content_filtered",
  rate_limit_exceeded: "provider_rate_limited",
  RateLimitReached: "provider_rate_limited",
  "429": "provider_rate_limited",
  too_many_requests: "provider_rate_limited",
  overloaded: "provider_overloaded",
  engine_overloaded: "provider_overloaded",
};

/** Maps the error object of a chat completions API to our code. Only its code and type are read. */
export function errorFromBody(error: unknown): ErrorCode | undefined {
  if (!isRecord(error)) return undefined;
  const names = [error.code, error.type, recordIn(error, "innererror").code];
  for (const name of names) {
    const code = errorCodes[String(name)];
    if (code !== undefined) return code;
  }
  return undefined;
}

/**
 * Turns the frames of one chat completions stream into ours, whichever URL it came from.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/latest#create-chat-completion
 */
export class AzureEvents implements WireReader {
  readonly endMarker = "[DONE]";
  #opening: JsonRecord = {};
  #finish: JsonRecord = {};
  #isRefusal = false;
  #isAccepted = false;
  #isFinished = false;

  /** Whether the provider has begun its answer. */
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Whether the end marker has arrived. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether a finish reason has arrived. */
  get isWhole(): boolean {
    return textIn(this.#finish, "finish_reason") !== undefined;
  }

  /**
   * Reads the `data` of one frame.
   * @returns the events that it stands for; `accepted` is the first one of all
   * @throws ChatError for an error object; SyntaxError if it is not JSON
   */
  push(data: string): ProviderEvent[] {
    if (data === "[DONE]") {
      this.#isFinished = true;
      return [];
    }
    const frame: unknown = JSON.parse(data);
    if (!isRecord(frame)) return [];
    if (frame.error !== undefined && frame.error !== null) throw errorInStream(frame.error);
    const events = this.#read(frame);
    return this.#isAccepted ? events : this.#accept(frame, events);
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
    const events: ProviderEvent[] = [];
    const choice: unknown = Array.isArray(frame.choices) ? frame.choices[0] : undefined;
    if (isRecord(choice)) this.#readChoice(frame, choice, events);
    if (isRecord(frame.usage)) {
      events.push({ type: "usage", usage: toUsage(frame.usage), providerData: { usage: frame.usage } });
    }
    return events;
  }

  #readChoice(frame: JsonRecord, choice: JsonRecord, events: ProviderEvent[]): void {
    const delta = recordIn(choice, "delta");
    const providerData = { ...pick(frame, ["id"]), ...pick(choice, ["content_filter_results"]) };
    const reasoning = textIn(delta, "reasoning_content") ?? textIn(delta, "reasoning");
    if (reasoning !== undefined) events.push({ type: "reasoning", content: reasoning, providerData });
    const content = textIn(delta, "content");
    if (content !== undefined) events.push({ type: "delta", content, providerData });
    const refusal = textIn(delta, "refusal");
    if (refusal !== undefined) {
      this.#isRefusal = true;
      events.push({ type: "delta", content: refusal, providerData });
    }
    if (typeof choice.finish_reason === "string") {
      this.#finish = pick(choice, ["finish_reason", "content_filter_results", "stop_reason"]);
    }
  }

  /** Ends the answer. */
  end(): ProviderEvent[] {
    const reason = finishReasons[textIn(this.#finish, "finish_reason") ?? ""] ?? "stop";
    const finishReason = this.#isRefusal && reason === "stop" ? "refusal" : reason;
    const finish: ProviderEvent = { type: "finish", finishReason, providerData: this.#finish };
    if (this.#isAccepted) return [finish];
    this.#isAccepted = true;
    return [{ type: "accepted", providerData: this.#opening }, finish];
  }
}

function errorInStream(error: unknown): ChatError {
  const code = errorFromBody(error) ?? "provider_unavailable";
  return new ChatError(code, { detail: "The provider sent an error in its stream." });
}

/** `prompt_tokens` and `completion_tokens` are totals already; the details are parts of them. */
function toUsage(usage: JsonRecord): ProviderUsage {
  return {
    inputTokens: countIn(usage, "prompt_tokens"),
    outputTokens: countIn(usage, "completion_tokens"),
    cachedInputTokens: countIn(recordIn(usage, "prompt_tokens_details"), "cached_tokens"),
    reasoningTokens: countIn(recordIn(usage, "completion_tokens_details"), "reasoning_tokens"),
  };
}
