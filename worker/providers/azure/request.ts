import { isRecord, textIn } from "../narrow.ts";
import { textOf } from "../../prompt/parts.ts";
import type { ProviderEvent, ProviderRequest } from "../provider.ts";

/** What is sent if an assistant sets no temperature and its model takes one. */
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
  stream_options: { include_usage: true };
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
  reasoning_effort?: string;
}

/** The request, and warnings for the operator. */
export interface PreparedRequest {
  body: ChatCompletionsBody;
  warnings: ProviderEvent[];
  /** Whether the token field was renamed. It is renamed once, or two refusals would swap it forever. */
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
  return { body, warnings: isIgnored ? [temperatureWarning] : [] };
}

/** Lone surrogates become U+FFFD: JSON can write them, and a model's tokenizer cannot read them. */
function toMessage(role: ChatCompletionsMessage["role"], text: string): ChatCompletionsMessage {
  return { role, content: text.toWellFormed() };
}

const temperatureWarning: ProviderEvent = {
  type: "warning",
  code: "temperature_not_supported",
  detail: "The model takes no temperature; none was sent.",
};

/**
 * Changes a request that the API refused because of one field: our table does not know this model well.
 * @param error the error object of a 400
 * @param wasSet whether the assistant set the temperature: only then is leaving it out worth a warning
 * @returns the request to send instead, or undefined if the refusal is about something else
 */
export function withoutRefusedField(
  prepared: PreparedRequest,
  error: unknown,
  wasSet: boolean,
): PreparedRequest | undefined {
  const field = refusedField(error);
  if (field === undefined) return undefined;
  const { [field]: value, ...body } = prepared.body;
  if (value === undefined) return undefined; // not what we sent: sending it again would not help
  if (field === "temperature") {
    return { ...prepared, body, warnings: wasSet ? [...prepared.warnings, temperatureWarning] : prepared.warnings };
  }
  if (prepared.isRenamed === true) return undefined;
  const other = field === "max_tokens" ? "max_completion_tokens" : "max_tokens";
  return { ...prepared, body: { ...body, [other]: value }, isRenamed: true };
}

const removableFields = ["temperature", "max_tokens", "max_completion_tokens"] as const;

/** OpenAI's models name the field in `param`; others only name it in a sentence that says it is not supported. */
function refusedField(error: unknown): (typeof removableFields)[number] | undefined {
  if (!isRecord(error)) return undefined;
  const param = textIn(error, "param");
  if (param !== undefined)
    return /unsupported/.test(String(error.code)) ? removableFields.find((field) => field === param) : undefined;
  const message = textIn(error, "message") ?? "";
  if (!/unsupported|not supported|unrecogni[sz]ed|extra inputs|unknown (field|parameter)/i.test(message))
    return undefined;
  return removableFields.find((field) => new RegExp(`\\b${field}\\b`).test(message));
}
