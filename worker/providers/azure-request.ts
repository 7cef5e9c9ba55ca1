import { isRecord, textIn } from "./narrow.ts";
import type { ProviderEvent, ProviderRequest } from "./provider.ts";

/** What is sent where an assistant sets no temperature and its model takes one. */
export const defaultTemperature = 0.7;

/** The body of a chat completions request, as far as we use it. */
export interface ChatCompletionsBody {
  model: string;
  messages: { role: "system" | "user" | "assistant"; content: string }[];
  stream: true;
  stream_options: { include_usage: true };
  temperature?: number;
  max_tokens?: number;
  max_completion_tokens?: number;
}

/** The request and what the assistant's operator should know of it. */
export interface PreparedRequest {
  body: ChatCompletionsBody;
  warnings: ProviderEvent[];
  /** Whether the token field was renamed: once, or two refusals would send it to and fro. */
  isRenamed?: boolean;
}

/** Writes a request in the words of the chat completions API, by what is known of the model. */
export function prepareRequest(request: ProviderRequest): PreparedRequest {
  const { model, capabilities, systemPrompt, temperature, maxCompletionTokens } = request;
  const messages: ChatCompletionsBody["messages"] = request.messages.map(toMessage);
  if (systemPrompt !== undefined) messages.unshift(toMessage({ role: "system", content: systemPrompt }));
  const body: ChatCompletionsBody = { model, messages, stream: true, stream_options: { include_usage: true } };
  if (maxCompletionTokens !== undefined) body[capabilities.maxTokensField] = maxCompletionTokens;
  if (capabilities.temperature) body.temperature = temperature ?? defaultTemperature;
  const isUnsent = temperature !== undefined && !capabilities.temperature;
  return { body, warnings: isUnsent ? [temperatureWarning] : [] };
}

// Lone surrogates become U+FFFD: JSON can write them, and a model's tokenizer cannot read them.
function toMessage<Role>({ role, content }: { role: Role; content: string }): { role: Role; content: string } {
  return { role, content: content.toWellFormed() };
}

const temperatureWarning: ProviderEvent = {
  type: "warning",
  code: "temperature_not_supported",
  detail: "The model takes no temperature; none was sent.",
};

/**
 * Mends a request that the API refused for one field: a model that our table does not know well.
 * @param error the error object of a 400
 * @param wasSet whether the assistant set the temperature: only then is leaving it out worth a warning
 * @returns the request to send instead, or undefined where the refusal is about something else
 */
export function mendRequest(prepared: PreparedRequest, error: unknown, wasSet: boolean): PreparedRequest | undefined {
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

const mendableFields = ["temperature", "max_tokens", "max_completion_tokens"] as const;

/** OpenAI's models name the field in `param`; others only in a sentence that says that it is not supported. */
function refusedField(error: unknown): (typeof mendableFields)[number] | undefined {
  if (!isRecord(error)) return undefined;
  const param = textIn(error, "param");
  if (param !== undefined)
    return /unsupported/.test(String(error.code)) ? mendableFields.find((field) => field === param) : undefined;
  const message = textIn(error, "message") ?? "";
  if (!/unsupported|not supported|unrecogni[sz]ed|extra inputs|unknown (field|parameter)/i.test(message))
    return undefined;
  return mendableFields.find((field) => new RegExp(`\\b${field}\\b`).test(message));
}
