import type { FinishReason, ProviderData } from "../../protocol/index.ts";

/** What is known of a model: see `capabilities.ts` for the table, which an assistant can override. */
export interface ModelCapabilities {
  /** Whether the model takes a `temperature` other than its default. */
  temperature: boolean;
  /** The field that bounds the answer's length, on wires that know more than one. */
  maxTokensField: "max_tokens" | "max_completion_tokens";
}

/** One message of the conversation, as the model receives it. */
export interface ProviderMessage {
  role: "user" | "assistant";
  content: string;
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

/** One model provider, reached over one connection. */
export interface Provider {
  /**
   * Sends one request and yields what comes back. Ends by itself, and closes the upstream, when `signal` aborts: an
   * abort is not an error. Never retries.
   * @throws ChatError with a `provider_*`, `content_filtered` or `upstream_truncated` code
   */
  stream(request: ProviderRequest, signal: AbortSignal): AsyncIterable<ProviderEvent>;
}

/** What one adapter is and needs: the only thing that the rest of the worker knows about a provider. */
export interface ProviderAdapter {
  /** Public name of the provider, e.g. `anthropic`. */
  readonly name: string;
  /** The temperatures that its API takes, and the one that is sent where an assistant sets none. */
  readonly temperature: { min: number; max: number; default: number };
  /** Whether an assistant must say how long an answer may be. */
  readonly needsMaxCompletionTokens: boolean;
  /**
   * Opens a connection.
   * @param settings values of the connection's fields, read from the environment, without the empty ones
   * @returns the provider, or the fields that are missing or wrong, each with the mend in words ("set …")
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
