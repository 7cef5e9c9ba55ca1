import { ChatError } from "../../../protocol/index.ts";
import type { ErrorCode } from "../../../protocol/index.ts";
import { countIn, isRecord, pick, recordIn, textIn } from "../narrow.ts";
import type { JsonRecord } from "../narrow.ts";
import type { WireReader } from "../answer-stream.ts";
import type { ProviderEvent, ProviderUsage } from "../provider.ts";

type FinishEvent = Extract<ProviderEvent, { type: "finish" }>;

const finishReasons: Readonly<Record<string, FinishEvent["finishReason"]>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "refusal",
};

const errorCodes: Readonly<Record<string, ErrorCode>> = {
  overloaded_error: "provider_overloaded",
  rate_limit_error: "provider_rate_limited",
};

/**
 * The error for an `error` event in the stream, by the type that the provider names.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming#error-events
 */
function errorFromType(type: unknown): ChatError {
  const code = (typeof type === "string" ? errorCodes[type] : undefined) ?? "provider_unavailable";
  return new ChatError(code, { detail: "The provider sent an error in its stream." });
}

/**
 * Turns the events of one Messages stream into ours. Unknown events and fields are ignored, as the API asks for.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export class AnthropicEvents implements WireReader {
  readonly endMarker = "message_stop";
  #usage: JsonRecord = {};
  #stop: JsonRecord = {};
  #isAccepted = false;
  #isFinished = false;

  /** Whether the provider has begun its answer. */
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Whether `message_stop` has arrived. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /**
   * Reads the `data` of one event of the stream.
   * @returns the events that it stands for; `accepted` is the first one of all
   * @throws ChatError for an `error` event; SyntaxError if the data is not JSON
   */
  push(data: string): ProviderEvent[] {
    const event: unknown = JSON.parse(data);
    const events = isRecord(event) ? this.#read(event) : [];
    if (this.#isAccepted || events.length === 0) return events;
    this.#isAccepted = true;
    return events[0]?.type === "accepted" ? events : [{ type: "accepted" }, ...events];
  }

  #read(event: JsonRecord): ProviderEvent[] {
    switch (event.type) {
      case "message_start":
        return this.#start(recordIn(event, "message"));
      case "content_block_start":
        return this.#piece(recordIn(event, "content_block"), event);
      case "content_block_delta":
        return this.#piece(recordIn(event, "delta"), event);
      case "message_delta":
        this.#stop = { ...this.#stop, ...recordIn(event, "delta") };
        return this.#report(recordIn(event, "usage"));
      case "message_stop":
        return this.#finish();
      case "error":
        throw errorFromType(recordIn(event, "error").type);
      default:
        return [];
    }
  }

  #start(message: JsonRecord): ProviderEvent[] {
    if (this.#isAccepted) return [];
    const { content: _content, usage: _usage, model: _model, ...rest } = message;
    const providerData = pick(rest, Object.keys(rest));
    return [
      { type: "accepted", model: textIn(message, "model"), providerData },
      ...this.#report(recordIn(message, "usage")),
    ];
  }

  #piece(piece: JsonRecord, event: JsonRecord): ProviderEvent[] {
    const providerData = { index: event.index };
    const text = piece.type === "text" || piece.type === "text_delta" ? textIn(piece, "text") : undefined;
    if (text !== undefined) return [{ type: "delta", content: text, providerData }];
    // A block says that the model thinks, even if what it thinks is omitted: then it has only a signature.
    const isBlock = piece.type === "thinking" || piece.type === "redacted_thinking";
    const thinking = isBlock || piece.type === "thinking_delta" ? textIn(piece, "thinking") : undefined;
    if (isBlock || thinking !== undefined) return [{ type: "reasoning", content: thinking ?? "", providerData }];
    return piece.type === "citations_delta" ? citation(recordIn(piece, "citation")) : [];
  }

  /** Counts are cumulative and the last one that is not null wins: "the token counts … are cumulative". */
  #report(usage: JsonRecord): ProviderEvent[] {
    const reported = pick(usage, Object.keys(usage));
    if (Object.keys(reported).length === 0) return [];
    this.#usage = { ...this.#usage, ...reported };
    return [{ type: "usage", usage: toUsage(this.#usage), providerData: { usage: this.#usage } }];
  }

  #finish(): ProviderEvent[] {
    if (this.#isFinished) return [];
    this.#isFinished = true;
    const finishReason = finishReasons[textIn(this.#stop, "stop_reason") ?? ""] ?? "stop";
    return [{ type: "finish", finishReason, providerData: pick(this.#stop, Object.keys(this.#stop)) }];
  }
}

/** Anthropic's `input_tokens` excludes tokens read from and written to the cache. Our `inputTokens` includes them. */
function toUsage(usage: JsonRecord): ProviderUsage {
  const cachedInputTokens = countIn(usage, "cache_read_input_tokens");
  const cacheWriteInputTokens = countIn(usage, "cache_creation_input_tokens");
  const fresh = countIn(usage, "input_tokens");
  return {
    inputTokens: fresh === undefined ? undefined : fresh + (cachedInputTokens ?? 0) + (cacheWriteInputTokens ?? 0),
    outputTokens: countIn(usage, "output_tokens"),
    cachedInputTokens,
    cacheWriteInputTokens,
    reasoningTokens: countIn(recordIn(usage, "output_tokens_details"), "thinking_tokens"),
  };
}

/** Anthropic counts search results from 0; we count from 1. */
function citation(source: JsonRecord): ProviderEvent[] {
  const index = countIn(source, "search_result_index");
  if (index === undefined) return [];
  return [{ type: "citation", index: index + 1, quote: textIn(source, "cited_text"), providerData: source }];
}
