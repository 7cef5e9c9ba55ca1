import { ChatError } from "../../../protocol/index.ts";
import type { ProviderAnswer } from "../answer-stream.ts";
import { errorFromStatus } from "../errors.ts";
import { isRecord } from "../narrow.ts";
import type { ProviderRequest } from "../provider.ts";
import { readJson } from "../read-json.ts";
import { codeOf, errorFromRefusal } from "../refusal.ts";
import type { AzureTarget } from "./endpoint.ts";
import { AzureEvents } from "./events.ts";
import { errorFromBody } from "./failures.ts";
import { recallRefused, rememberRefused } from "./refusal-memory.ts";
import { refusedFields, withoutFields } from "./refused-fields.ts";
import { prepareRequest, type ChatCompletionsBody } from "./request.ts";

/** Statuses whose body can say what was refused: a field, the prompt (by a filter), or chat completions as a whole. */
const explainedRefusals: ReadonlySet<number> = new Set([400, 403, 422]);

/**
 * Sends a request. If the API refuses a field, sends it again without that field, and remembers the field for the next
 * request to this model.
 * @param send sends one body
 * @throws ChatError `content_filtered`, or by status for any other refusal
 */
export async function sendCompletion(
  request: ProviderRequest,
  { baseUrl }: AzureTarget,
  send: (body: ChatCompletionsBody) => Promise<Response>,
): Promise<ProviderAnswer> {
  const model = `${baseUrl} ${request.model}`;
  const isTemperatureSet = request.temperature !== undefined;
  const plain = prepareRequest(request);
  const known = recallRefused(model);
  let refused = [...known];
  let prepared = withoutFields(plain, known, isTemperatureSet) ?? plain;
  let canForget = known.length > 0;
  for (;;) {
    const response = await send(prepared.body);
    if (!explainedRefusals.has(response.status)) {
      if (response.status !== 200) throw await errorFromRefusal(response);
      if (refused.join() !== known.join()) rememberRefused(model, refused);
      return { response, wire: new AzureEvents(), warnings: prepared.warnings };
    }
    const answer = await readJson(response);
    if (isFilteredPrompt(answer)) {
      throw new ChatError("content_filtered", { detail: "The provider's filter refused the prompt." });
    }
    if (isResponsesOnly(answer)) {
      const detail =
        "The deployment's model does not support chat completions (OperationNotSupported), only the Responses API, " +
        "which Rivulet Chat cannot use. Deploy another model.";
      throw new ChatError("provider_rejected", { detail });
    }
    const fields = refusedFields(answer, prepared.body);
    const changed = withoutFields(prepared, fields, isTemperatureSet);
    if (changed !== undefined) {
      refused.push(...fields);
      prepared = changed;
    } else if (fields.length > 0 && canForget) {
      // Another model may have this name now, so what the old one refused no longer counts.
      refused = [];
      prepared = plain;
      canForget = false;
    } else {
      throw errorFromStatus(response.status, response.headers, { code: codeOf(answer) });
    }
  }
}

/** @see https://learn.microsoft.com/azure/foundry/openai/how-to/responses */
function isResponsesOnly(answer: unknown): boolean {
  return codeOf(answer) === "OperationNotSupported";
}

function isFilteredPrompt(answer: unknown): boolean {
  if (!isRecord(answer)) return false;
  return [answer.error, answer].some((error) => errorFromBody(error) === "content_filtered");
}
