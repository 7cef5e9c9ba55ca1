import { jsonAnswer, streamHead } from "./faults.ts";
import type { Scenario, Step } from "./scenario.ts";

/** The contents of an answer in Azure's format. Everything has a sensible default. */
export interface AzureAnswer {
  /** Pieces of the answer, one frame per piece. */
  text?: string | string[];
  /** Pieces of `reasoning_content` before the text. */
  reasoning?: string | string[];
  /** Pieces of `refusal` instead of the text. */
  refusal?: string | string[];
  model?: string;
  finishReason?: string | null;
  /** The usage, which is sent in a frame of its own after the answer; null leaves that frame out. */
  usage?: Record<string, unknown> | null;
  /**
   * Starts with a frame of filter results without choices, and adds filter results to each choice, as Azure OpenAI
   * does. Default: true.
   */
  filterResults?: boolean;
  /** Sends a comment after each piece. */
  keepAlives?: boolean;
  /** False leaves `[DONE]` out. */
  done?: boolean;
  headers?: Record<string, string>;
}

const safe = { hate: { filtered: false, severity: "safe" }, violence: { filtered: false, severity: "safe" } };

/** One chunk as a frame of the stream. */
export function azureFrame(chunk: unknown): Step {
  return { send: `data: ${JSON.stringify(chunk)}\n\n` };
}

/** The end marker. */
export const azureDone: Step = { send: "data: [DONE]\n\n" };

/** A whole stream up to `[DONE]`, one step per frame. */
export function azureAnswer(answer: AzureAnswer = {}): Scenario {
  const { usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }, finishReason = "stop" } = answer;
  const steps: Step[] = [streamHead(answer.headers)];
  if (answer.filterResults !== false) steps.push(filterFrame());
  steps.push(chunk(answer, { role: "assistant", content: "", refusal: null }));
  steps.push(...pieces(answer, "reasoning_content", answer.reasoning), ...pieces(answer, "refusal", answer.refusal));
  steps.push(...pieces(answer, "content", answer.text ?? (answer.refusal === undefined ? "Hello." : undefined)));
  steps.push(chunk(answer, {}, finishReason));
  if (usage !== null) steps.push(azureFrame({ ...envelope(answer), choices: [], usage }));
  return { steps: answer.done === false ? steps : [...steps, azureDone] };
}

/** The body of an error response, in the format of Azure OpenAI's errors. */
export interface AzureErrorBody {
  code?: string | null;
  type?: string | null;
  param?: string | null;
  message?: string;
  innererror?: unknown;
}

/** An error response with a status. */
export function azureError(status: number, error: AzureErrorBody = {}, headers: Record<string, string> = {}): Scenario {
  const body = { error: { code: null, type: null, param: null, message: "Something was wrong.", ...error } };
  return jsonAnswer(status, body, headers);
}

/** The error for a field that a model does not support. */
export function azureUnsupported(param: string): Scenario {
  const message = `Unsupported parameter: '${param}' is not supported with this model.`;
  return azureError(400, { code: "unsupported_parameter", type: "invalid_request_error", param, message });
}

/** The error for a prompt that the content filter blocks. */
export function azureContentFiltered(): Scenario {
  const innererror = { code: "ResponsibleAIPolicyViolation", content_filter_result: safe };
  return azureError(400, { code: "content_filter", param: "prompt", message: "Filtered.", innererror });
}

/** An error object to insert between frames of a stream. */
export function azureErrorFrame(error: AzureErrorBody): Step {
  return azureFrame({ error: { message: "Something was wrong.", ...error } });
}

/** The response of Entra ID's token endpoint. */
export function tokenAnswer(accessToken = "entra-token", expiresInSeconds = 3599): Scenario {
  return jsonAnswer(200, { token_type: "Bearer", expires_in: expiresInSeconds, access_token: accessToken });
}

function envelope({ model = "fault-model-2026" }: AzureAnswer) {
  return {
    id: "chatcmpl-fault",
    created: 1_762_000_000,
    model,
    object: "chat.completion.chunk",
    system_fingerprint: null,
  };
}

function filterFrame(): Step {
  const prompt_filter_results = [{ prompt_index: 0, content_filter_results: safe }];
  return azureFrame({ choices: [], created: 0, id: "", model: "", object: "", prompt_filter_results });
}

function chunk(answer: AzureAnswer, delta: Record<string, unknown>, finish_reason: string | null = null): Step {
  const filter = answer.filterResults === false ? {} : { content_filter_results: "content" in delta ? safe : {} };
  const choice = { index: 0, delta, finish_reason, logprobs: null, ...filter };
  return azureFrame({ ...envelope(answer), choices: [choice], usage: null });
}

function pieces(answer: AzureAnswer, field: string, texts: string | string[] = []): Step[] {
  const steps: Step[] = [];
  for (const text of typeof texts === "string" ? [texts] : texts) {
    steps.push(chunk(answer, { ...(field === "content" ? {} : { content: null }), [field]: text }));
    if (answer.keepAlives === true) steps.push({ send: ": keep-alive\n\n" });
  }
  return steps;
}
