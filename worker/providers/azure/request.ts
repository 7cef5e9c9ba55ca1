import { textOf } from "../../prompt/parts.ts";
import type { ProviderEvent, ProviderRequest } from "../provider.ts";

/** Sent if an assistant sets no temperature and its model supports one. */
export const defaultTemperature = 0.7;

interface ChatCompletionsMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** The fields of a chat completions request that we use. */
export interface ChatCompletionsBody {
  model: string;
  messages: ChatCompletionsMessage[];
  stream: true;
  stream_options?: { include_usage: true };
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  reasoning_effort?: string;
}

/** A field that can be left out, or renamed, if a model does not accept it. */
export type OptionalField = Exclude<keyof ChatCompletionsBody, "model" | "messages" | "stream">;

/** The request, and warnings for the operator. */
export interface PreparedRequest {
  body: ChatCompletionsBody;
  warnings: ProviderEvent[];
  /**
   * Whether the token field was renamed. It is renamed only once; otherwise two refusals would swap it back and forth
   * forever.
   */
  isRenamed?: boolean;
}

/** Builds a request for the chat completions API, according to the model's capabilities. */
export function prepareRequest(request: ProviderRequest): PreparedRequest {
  const { model, capabilities, systemPrompt, temperature, maxCompletionTokens } = request;
  const messages = request.messages.map(({ role, parts }) => toMessage(role, textOf(parts)));
  if (systemPrompt !== undefined) messages.unshift(toMessage("system", systemPrompt));
  const body: ChatCompletionsBody = { model, messages, stream: true, stream_options: { include_usage: true } };
  if (maxCompletionTokens !== undefined) body[capabilities.maxTokensField] = maxCompletionTokens;
  if (capabilities.temperature) body.temperature = temperature ?? defaultTemperature;
  const effort = request.thinking?.mode === "off" ? "none" : request.thinking?.effort;
  if (effort !== undefined) body.reasoning_effort = effort;
  const isIgnored = temperature !== undefined && !capabilities.temperature;
  return { body, warnings: isIgnored ? [notSupported("temperature")] : [] };
}

/** Lone surrogates become U+FFFD: JSON can write them, but a model's tokenizer cannot read them. */
function toMessage(role: ChatCompletionsMessage["role"], text: string): ChatCompletionsMessage {
  return { role, content: text.toWellFormed() };
}

/** The warning for a setting of the assistant that was not sent. */
export function notSupported(field: OptionalField): ProviderEvent {
  return {
    type: "warning",
    code: `${field}_not_supported`,
    detail: `The model does not support ${field}, so it was not sent.`,
  };
}
