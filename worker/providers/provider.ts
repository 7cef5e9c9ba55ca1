import type { FinishReason, ProviderData } from "../../protocol/index.ts";
import type { ModelCapabilities } from "../models/capabilities.ts";
import type { ModelThinking } from "../models/thinking.ts";
import type { MessagePart } from "../prompt/parts.ts";

/** One message of the conversation, as the model receives it. */
export interface ProviderMessage {
  role: "user" | "assistant";
  /** In order; never empty. */
  parts: readonly MessagePart[];
}

/** One request to a model, independent of the provider. */
export interface ProviderRequest {
  /** Model id, or the deployment's name on Azure. */
  model: string;
  /** What is known about the base model behind it. */
  capabilities: ModelCapabilities;
  systemPrompt?: string;
  /** Oldest first; the last one is the visitor's. */
  messages: readonly ProviderMessage[];
  /** Left out if the assistant sets none. Then the adapter's own default applies. */
  temperature?: number;
  /** The thinking to ask for; without it, the request sets neither thinking nor effort. */
  thinking?: ModelThinking;
  /** Upper bound of the answer and the model's thinking together, in tokens. */
  maxCompletionTokens?: number;
}

/** Tokens so far, as the provider reported them. Cumulative: a later value replaces an earlier one. */
export interface ProviderUsage {
  inputTokens?: number;
  outputTokens?: number;
  cachedInputTokens?: number;
  cacheWriteInputTokens?: number;
  reasoningTokens?: number;
}

/**
 * The events into which each adapter turns its provider's stream. `providerData` holds anything else that the provider
 * sent, if there is any. The turn decides whether this data may leave the worker.
 *
 * A stream that ends normally yields `accepted` first and `finish` last, exactly once each. `usage` is emitted whenever
 * the provider reports tokens, and before `finish` if it reports any at all.
 */
export type ProviderEvent =
  /** The provider accepted the request and began a stream. `model` is the provider's name for the model. */
  | { type: "accepted"; model?: string; providerData?: ProviderData }
  /** `content` is empty if the provider only says that its model thinks. */
  | { type: "reasoning"; content: string; providerData?: ProviderData }
  | { type: "delta"; content: string; providerData?: ProviderData }
  /** `index` is the number of one of the request's results. The event follows the text that the citation belongs to. */
  | { type: "citation"; index: number; quote?: string; providerData?: ProviderData }
  | { type: "usage"; usage: ProviderUsage; providerData?: ProviderData }
  /** A setting was not applied, e.g. `temperature_not_supported`. */
  | { type: "warning"; code: string; detail: string }
  | { type: "finish"; finishReason: Exclude<FinishReason, "aborted">; providerData?: ProviderData };

/** The `fetch` through which every request to a provider goes. */
export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How long a provider may be silent, in milliseconds. */
export interface ProviderTimeouts {
  /** From the request to the first byte of the body. */
  firstByteMs: number;
  /** From one byte of the body to the next. A provider's keep-alive counts, even if its SDK hides it. */
  silenceMs: number;
}

/** Called with each event, synchronously and in order. */
export type TakeEvent = (event: ProviderEvent) => void;

/** One model provider, reached over one connection. */
export interface Provider {
  /**
   * Sends one request. Resolves when the provider has answered with an event stream. Does not retry after a temporary
   * failure.
   * @param signal its abort closes the upstream at any time, and the promise that is being awaited rejects. The caller
   *   checks its own signal first, because an abort is not an error.
   * @throws ChatError with a `provider_*` code or `content_filtered`
   */
  open(request: ProviderRequest, signal: AbortSignal): Promise<AnswerStream>;
}

/** An answer that a provider is writing. */
export interface AnswerStream {
  /**
   * Reads until the first piece of the answer has arrived. Until then, another attempt can replace this one.
   * @throws ChatError with a `provider_*`, `content_filtered` or `upstream_truncated` code
   */
  readToFirstPiece(take: TakeEvent): Promise<void>;
  /**
   * Reads to the end of the answer.
   * @throws ChatError as above
   */
  readToEnd(take: TakeEvent): Promise<void>;
  /** Releases the connection. After a complete answer, it first reads the rest of the body, for a short time. */
  close(): Promise<void>;
}

/** What a project's connections and assistants are checked against. */
export interface ProviderTraits {
  /** Public name of the provider, e.g. `anthropic`. */
  readonly name: string;
  /** Whether its API accepts search results and cites them by itself. Otherwise they are sent as text. */
  readonly citesResults: boolean;
  /** The fields that a connection can name variables for. */
  readonly fields: readonly string[];
  /** The temperatures that its API accepts, and its default if an assistant sets none. */
  readonly temperature: { min: number; max: number; default: number };
  /** Whether an assistant must set `maxCompletionTokens`. */
  readonly needsMaxCompletionTokens: boolean;
}

/** Reaches one provider. The rest of the worker knows the provider only through this interface. */
export interface ProviderAdapter extends ProviderTraits {
  /**
   * Opens a connection.
   * @param settings values of the connection's fields, read from the environment, without the empty ones
   * @returns the provider, or the fields that are missing or wrong, each with an instruction ("set …")
   */
  connect(settings: Readonly<Record<string, string>>, options: ConnectOptions): Provider | ConnectionProblem;
}

export interface ConnectOptions {
  fetch: Fetch;
  timeouts: ProviderTimeouts;
}

/** Why a connection cannot be used. */
export interface ConnectionProblem {
  /**
   * Field name → what to do about it. The text contains no field's value. It can mention another field as `{field}`,
   * which is shown as the name of the variable that holds that field.
   */
  problems: Readonly<Record<string, string>>;
}
