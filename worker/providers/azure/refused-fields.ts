import { isRecord, textIn, type JsonRecord } from "../narrow.ts";
import { notSupported, type ChatCompletionsBody, type OptionalField, type PreparedRequest } from "./request.ts";

function isOptional(field: string): field is OptionalField {
  return field !== "model" && field !== "messages" && field !== "stream";
}

/** The words with which an API refuses a field, or every value of it except the default. */
const refusal =
  /unsupported|not supported|does not support|unrecogni[sz]ed|unknown|extra_forbidden|extra (inputs|fields)|not permitted|only \S+ is (allowed|supported)/i;

/**
 * Finds the fields that a refusal is about: named in `param` (OpenAI), listed with their locations (Mistral and other
 * servers that validate with Pydantic), or only mentioned in a sentence that says they are not supported.
 * @param answer the body of the refusal
 * @param sent the body that was refused
 * @returns names of fields that were sent and can be left out or renamed; none if the refusal is about something else
 */
export function refusedFields(answer: unknown, sent: ChatCompletionsBody): readonly OptionalField[] {
  if (!isRecord(answer)) return [];
  const error = isRecord(answer.error) ? answer.error : answer;
  const candidates = Object.keys(sent).filter(isOptional);
  const param = textIn(error, "param");
  const sentence = [error.code, error.type, ...sentencesOf(answer, error)].join(" ");
  if (param !== undefined) {
    const [field = ""] = param.split(".");
    return refusal.test(sentence) ? candidates.filter((candidate) => candidate === field) : [];
  }
  const listed = detailsOf(answer, error).flatMap((detail) => (isExtra(detail) ? placesOf(detail) : []));
  if (listed.length > 0) return candidates.filter((field) => listed.includes(field));
  return refusal.test(sentence) ? mentioned(candidates, sentence) : [];
}

function sentencesOf(answer: JsonRecord, error: JsonRecord): unknown[] {
  return [error.message, answer.message, answer.error, answer.detail].filter((text) => typeof text === "string");
}

/** Mistral has the list under `message.detail`, others under `detail` or `message`. */
function detailsOf(answer: JsonRecord, error: JsonRecord): JsonRecord[] {
  const places = [answer, error].flatMap(({ message, detail }) => [
    message,
    detail,
    isRecord(message) ? message.detail : undefined,
  ]);
  return places.flatMap((place): unknown[] => (Array.isArray(place) ? place : [])).filter(isRecord);
}

function isExtra(detail: JsonRecord): boolean {
  return refusal.test(`${String(detail.type)} ${String(detail.msg)}`);
}

function placesOf({ loc }: JsonRecord): unknown[] {
  return Array.isArray(loc) ? loc : [];
}

/**
 * The first of the fields that a sentence mentions. Only that one is refused: "'max_tokens' is not supported, use
 * 'max_completion_tokens' instead" mentions two.
 */
function mentioned(candidates: readonly OptionalField[], sentence: string): OptionalField[] {
  const places = candidates.map((field) => ({ field, at: sentence.search(new RegExp(`\\b${field}\\b`)) }));
  const found = places.filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at);
  return found.slice(0, 1).map(({ field }) => field);
}

/**
 * Leaves fields out of a request. The token limit is not left out, because the turn's cost depends on it. It is sent
 * under its other name instead, but it is renamed only once.
 * @param isTemperatureSet whether the assistant sets the temperature: leaving out our own default needs no warning
 * @returns the request to send instead; undefined if it would be the same
 */
export function withoutFields(
  prepared: PreparedRequest,
  fields: readonly OptionalField[],
  isTemperatureSet: boolean,
): PreparedRequest | undefined {
  const changed = fields.reduce((request, field) => withoutField(request, field, isTemperatureSet), prepared);
  return changed === prepared ? undefined : changed;
}

function withoutField(prepared: PreparedRequest, field: OptionalField, isTemperatureSet: boolean): PreparedRequest {
  const { [field]: value, ...body } = prepared.body;
  if (value === undefined) return prepared; // the field was not sent, so leaving it out would not help
  if (field === "max_tokens" || field === "max_completion_tokens") {
    if (prepared.isRenamed === true) return prepared;
    const other = field === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    return { ...prepared, body: { ...body, [other]: value }, isRenamed: true };
  }
  const isOurs = field === "stream_options" || (field === "temperature" && !isTemperatureSet);
  const warnings = isOurs ? prepared.warnings : [...prepared.warnings, notSupported(field)];
  return { ...prepared, body, warnings };
}
