import { ChatError } from "../../../protocol/index.ts";
import type { ErrorCode } from "../../../protocol/index.ts";
import type { NumberedResult } from "../../prompt/parts.ts";
import { countIn, isRecord, pick, recordIn, textIn } from "../narrow.ts";
import type { JsonRecord } from "../narrow.ts";
import type { WireReader } from "../answer-stream.ts";
import { describeStreamError } from "../refusal.ts";
import type { ProviderEvent, ProviderUsage } from "../provider.ts";

type FinishEvent = Extract<ProviderEvent, { type: "finish" }>;

const finishReasons: Readonly<Record<string, FinishEvent["finishReason"]>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  refusal: "refusal",
};

/** Our codes by the name of an error. A gateway may use a status as the name. */
const errorCodes: Readonly<Record<string, ErrorCode>> = {
  overloaded_error: "provider_overloaded",
  "529": "provider_overloaded",
  rate_limit_error: "provider_rate_limited",
  "429": "provider_rate_limited",
  invalid_request_error: "provider_rejected",
  authentication_error: "provider_rejected",
  billing_error: "provider_rejected",
  permission_error: "provider_rejected",
  not_found_error: "provider_rejected",
  request_too_large: "provider_rejected",
};

/**
 * How many citations are held until their block ends. At this number, which no model reaches, they are emitted early.
 */
const maxHeldCitations = 64;

/** The events that make up an answer. The data of any other event may be anything, even text that is not JSON. */
const readEvents: ReadonlySet<string> = new Set([
  "message_start",
  "content_block_start",
  "content_block_delta",
  "message_delta",
  "message_stop",
]);

/**
 * The error for an `error` event in the stream, by the type that the provider names.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming#error-events
 */
function errorIn(event: unknown): ChatError {
  const body = isRecord(event) ? event : {};
  const error = recordIn(body, "error");
  const names = [error.type, error.code, body.error, body.type, body.code].map(String);
  const known = names.find((name) => Object.hasOwn(errorCodes, name)) ?? "";
  return new ChatError(errorCodes[known] ?? "provider_unavailable", {
    detail: describeStreamError(isRecord(body.error) ? body.error : body),
  });
}

/**
 * Turns the events of one Messages stream into ours. Unknown events and fields are ignored, as the API requires.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming
 */
export class AnthropicEvents implements WireReader {
  readonly endMarker = "message_stop";
  readonly #results: readonly NumberedResult[];
  /** The citations of the block that is being read. */
  #citations: ProviderEvent[] = [];
  #usage: JsonRecord = {};
  #stop: JsonRecord = {};
  #hasPiece = false;
  #isAccepted = false;
  #isFinished = false;

  /** @param results the search results of the request, in the order in which citations number them */
  constructor(results: readonly NumberedResult[] = []) {
    this.#results = results;
  }

  /** Whether the provider has begun its answer. */
  get isAccepted(): boolean {
    return this.#isAccepted;
  }

  /** Whether `message_stop` has arrived. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /** Whether a stop reason has arrived, in `message_delta`. */
  get isWhole(): boolean {
    return this.#stop.stop_reason !== undefined;
  }

  get #finishReason(): FinishEvent["finishReason"] | undefined {
    const { stop_reason: reason } = this.#stop;
    return typeof reason === "string" && Object.hasOwn(finishReasons, reason) ? finishReasons[reason] : undefined;
  }

  /**
   * Reads one event of the stream.
   * @param name its SSE event name, which repeats the type in its data
   * @returns the resulting events; `accepted` is always first
   * @throws ChatError for an `error` event; SyntaxError if the data is not JSON
   */
  push(data: string, name: string | undefined): ProviderEvent[] {
    const event = parse(data, name);
    const isFailure = name === "error" || (isRecord(event) && isError(event));
    if (isFailure && !this.isWhole) throw errorIn(event);
    return isRecord(event) ? this.#accept(this.#read(event)) : [];
  }

  /**
   * Ends the answer, once.
   * @returns the citations of a block that did not end, and `finish` last
   * @throws ChatError if the provider stopped for an unknown reason, because something may be missing, or if its
   *   stream ended without an answer
   */
  end(): ProviderEvent[] {
    const finishReason = this.#finishReason ?? this.#reasonOfMarker();
    return this.#accept([...this.#endBlock(), { type: "finish", finishReason, providerData: this.#stop }]);
  }

  /** The finish reason if no known stop reason came. An end marker alone completes the text that came before it. */
  #reasonOfMarker(): "stop" {
    if (this.isWhole) {
      throw new ChatError("upstream_truncated", { detail: "The provider stopped for an unknown reason." });
    }
    if (this.#hasPiece) return "stop";
    throw new ChatError("provider_unavailable", { detail: "The provider's stream ended without an answer." });
  }

  #accept(events: ProviderEvent[]): ProviderEvent[] {
    if (this.#isAccepted || events.length === 0) return events;
    this.#isAccepted = true;
    return events[0]?.type === "accepted" ? events : [{ type: "accepted" }, ...events];
  }

  #read(event: JsonRecord): ProviderEvent[] {
    switch (event.type) {
      case "message_start":
        return this.#start(recordIn(event, "message"));
      case "content_block_start":
        return [...this.#endBlock(), ...this.#piece(recordIn(event, "content_block"), event)];
      case "content_block_delta":
        return this.#piece(recordIn(event, "delta"), event);
      case "content_block_stop":
        return this.#endBlock();
      case "message_delta":
        return this.#delta(recordIn(event, "delta"), recordIn(event, "usage"));
      case "message_stop":
        this.#isFinished = true;
        return [];
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
    const events = this.#pieceOf(piece, { index: event.index });
    this.#hasPiece ||= events.length > 0;
    return events;
  }

  #pieceOf(piece: JsonRecord, providerData: JsonRecord): ProviderEvent[] {
    const text = piece.type === "text" || piece.type === "text_delta" ? textIn(piece, "text") : undefined;
    if (text !== undefined) return [{ type: "delta", content: text, providerData }];
    // A block says that the model thinks, even if what it thinks is omitted: then it has only a signature.
    const isBlock = piece.type === "thinking" || piece.type === "redacted_thinking";
    const thinking = isBlock || piece.type === "thinking_delta" ? textIn(piece, "thinking") : undefined;
    if (isBlock || thinking !== undefined) return [{ type: "reasoning", content: thinking ?? "", providerData }];
    return piece.type === "citations_delta" ? this.#cite(recordIn(piece, "citation")) : [];
  }

  /**
   * A citation belongs to the whole text of its block and may arrive before that text, so it is emitted when the block
   * has ended. Results are numbered from 0; a citation of any other number is ignored.
   */
  #cite(source: JsonRecord): ProviderEvent[] {
    const result = this.#results[countIn(source, "search_result_index") ?? -1];
    if (result === undefined) return [];
    const quote = textIn(source, "cited_text");
    this.#citations.push({ type: "citation", index: result.index, quote, providerData: source });
    return this.#citations.length < maxHeldCitations ? [] : this.#endBlock();
  }

  #endBlock(): ProviderEvent[] {
    const citations = this.#citations;
    this.#citations = [];
    return citations;
  }

  /** A later event adds to the stop reason and its details; an empty value in it does not replace an earlier one. */
  #delta(delta: JsonRecord, usage: JsonRecord): ProviderEvent[] {
    this.#stop = { ...this.#stop, ...pick(delta, Object.keys(delta)) };
    return this.#report(usage);
  }

  /**
   * Counts are cumulative and the last one wins: "the token counts … are cumulative". Null and zero do not replace an
   * earlier count, because gateways repeat all counts at the end, and some no longer know those of the cache.
   */
  #report(usage: JsonRecord): ProviderEvent[] {
    const counted = Object.keys(usage).filter((name) => usage[name] !== 0 || this.#usage[name] === undefined);
    const reported = pick(usage, counted);
    if (Object.keys(reported).length === 0) return [];
    this.#usage = { ...this.#usage, ...reported };
    return [{ type: "usage", usage: toUsage(this.#usage), providerData: { usage: this.#usage } }];
  }
}

/** Whether an event reports an error: by its type, or, as some gateways write it, by an `error` without a type. */
function isError({ type, error }: JsonRecord): boolean {
  return type === "error" || (type === undefined && error !== undefined && error !== null);
}

/**
 * Parses the data of one event. "New event types may be added, and your code should handle unknown event types
 * gracefully": the data of an unknown event does not have to be JSON.
 * @see https://platform.claude.com/docs/en/build-with-claude/streaming#other-events
 */
function parse(data: string, name: string | undefined): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    if (name === undefined || readEvents.has(name)) throw error;
    return undefined;
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
