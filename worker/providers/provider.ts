import type { FinishReason, ProviderData } from "../../protocol/index.ts";
import type { ModelCapabilities } from "../models/capabilities.ts";
import type { MessagePart } from "../prompt/parts.ts";

/** One message of the conversation, as the model receives it. */
export interface ProviderMessage {
  role: "user" | "assistant";
  /** In order; never empty. */
  parts: readonly MessagePart[];
}

/** One request to a model, in no provider's words. */
export interface ProviderRequest {
  /** Model id, or the deployment's name on Azure. */
  model: string;
  /** What is known of the base model behind it. */
  capabilities: ModelCapabilities;
  systemPrompt?: string;
  /** Oldest first; the last one is the visitor's. */
  messages: readonly ProviderMessage[];
  /** Where the assistant sets one; left out otherwise, and the adapter's own default applies. */
  temperature?: number;
  /** Upper bound of the answer, in tokens. */
  maxCompletionTokens?: number;
}

/** Tokens so far, as far as the provider said. Cumulative: a later value replaces an earlier one. */
export interface ProviderUsage {
  inputTokens?: number;
  outputTokens?: number;
  cachedInputTokens?: number;
  cacheWriteInputTokens?: number;
  reasoningTokens?: number;
}

/**
 * What every provider's wire is turned into. `providerData` is what the provider sent besides, always filled where
 * there is any: whether it may leave the worker is decided by the turn.
 *
 * A stream that ends well yields `accepted` first and `finish` last, exactly once each. `usage` is emitted whenever the
 * provider reports tokens and always before `finish` where it reports any at all.
 */
export type ProviderEvent =
  /** The provider took the request: a good status and the start of a stream. `model` as the provider names it. */
  | { type: "accepted"; model?: string; providerData?: ProviderData }
  | { type: "reasoning"; content: string; providerData?: ProviderData }
  | { type: "delta"; content: string; providerData?: ProviderData }
  /** `index` counts the request's sources from 1. */
  | { type: "citation"; index: number; quote?: string; providerData?: ProviderData }
  | { type: "usage"; usage: ProviderUsage; providerData?: ProviderData }
  /** Something was not done as asked, e.g. `temperature_not_supported`. */
  | { type: "warning"; code: string; detail: string }
  | { type: "finish"; finishReason: Exclude<FinishReason, "aborted">; providerData?: ProviderData };

/** The `fetch` through which every request to a provider goes. */
export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How long a provider may be silent, in milliseconds. */
export interface ProviderTimeouts {
  /** From the request to the first byte of the body. */
  firstByteMs: number;
  /** From one byte of the body to the next: a provider's keep-alive counts, whether its SDK shows it or not. */
  silenceMs: number;
}

/** Called with each event, synchronously and in order. */
export type TakeEvent = (event: ProviderEvent) => void;

/** One model provider, reached over one connection. */
export interface Provider {
  /**
   * Sends one request. Resolves when the provider has answered with an event stream. Never retries.
   * @param signal closes the upstream at any time. Whatever is awaited then rejects: the caller looks at its own signal
   *   first, because an abort is not an error.
   * @throws ChatError with a `provider_*` code or `content_filtered`
   */
  open(request: ProviderRequest, signal: AbortSignal): Promise<AnswerStream>;
}

/** An answer that a provider is writing. */
export interface AnswerStream {
  /**
   * Reads until something of the answer has come: until then another attempt can take its place.
   * @throws ChatError with a `provider_*`, `content_filtered` or `upstream_truncated` code
   */
  readToFirstPiece(take: TakeEvent): Promise<void>;
  /**
   * Reads to the end of the answer.
   * @throws ChatError as above
   */
  readToEnd(take: TakeEvent): Promise<void>;
  /** Gives the connection back. Nothing waits for this. */
  close(): Promise<void>;
}

/** What one adapter is and needs: the only thing that the rest of the worker knows about a provider. */
export interface ProviderAdapter {
  /** Public name of the provider, e.g. `anthropic`. */
  readonly name: string;
  /** The temperatures that its API takes, and the one that is sent if an assistant sets none. */
  readonly temperature: { min: number; max: number; default: number };
  /** Whether an assistant must say how long an answer may be. */
  readonly needsMaxCompletionTokens: boolean;
  /**
   * Opens a connection.
   * @param settings values of the connection's fields, read from the environment, without the empty ones
   * @returns the provider, or the fields that are missing or wrong, each with what to do in words ("set …")
   */
  connect(settings: Readonly<Record<string, string>>, options: ConnectOptions): Provider | ConnectionProblem;
}

export interface ConnectOptions {
  fetch: Fetch;
  timeouts: ProviderTimeouts;
}

/** Why a connection cannot be used. */
export interface ConnectionProblem {
  /** Field name → what is wrong with it, in words that name no value. */
  problems: Readonly<Record<string, string>>;
}
