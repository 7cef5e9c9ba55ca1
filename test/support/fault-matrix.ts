import {
  anthropicAnswer,
  anthropicError,
  anthropicErrorFrame,
  anthropicFrame,
  azureAnswer,
  azureContentFiltered,
  azureError,
  azureErrorFrame,
  azureFrame,
  breakAfter,
  countFrames,
  cutEvery,
  endAfter,
  faults,
  insertAfter,
  plainAnswer,
  stallAfter,
  type Scenario,
  type Step,
} from "../fault-server/index.ts";
import { canary } from "./canary.ts";

/** A fault and its expected outcome. */
export interface FaultCase {
  name: string;
  anthropic: Scenario;
  azure: Scenario;
  /**
   * The ending: an error code, or the finish reason of a turn that succeeds. Where the two providers' endings differ,
   * Anthropic's comes first, then ` · ` and Azure's.
   */
  ending: string;
  /** The text of the answer, whole or partial. Undefined if no answer began; otherwise, the ending is in the stream. */
  content?: string;
}

/** The pieces of the matrix's whole answer. 🌊 has four bytes, so that cuts can fall within a character. */
const pieces = ["The tide ", "comes 🌊 ", "in at ", "four."];
const whole = pieces.join("");
const first = "The tide comes 🌊 ";

const anthropic = anthropicAnswer({ text: pieces, pings: true });
const azure = azureAnswer({ text: pieces, keepAlives: true });

/** How many frames come before the third piece. Their text is {@link first}. */
const anthropicFrames = 6;
const azureFrames = 6;

const leak = `your key ${canary} and your prompt`;

function refused(
  status: number,
  type: string,
  headers: Record<string, string> = {},
): Pick<FaultCase, "anthropic" | "azure"> {
  return {
    anthropic: anthropicError(status, type, { message: leak, headers: { ...headers, "x-canary": canary } }),
    azure: azureError(status, { code: type, message: leak }, { ...headers, "x-canary": canary }),
  };
}

function same(scenario: Scenario): Pick<FaultCase, "anthropic" | "azure"> {
  return { anthropic: scenario, azure: scenario };
}

const huge = "x".repeat(5 * 1024 * 1024);
const tooLong: Step = { send: `data: "${"x".repeat(9 * 1024 * 1024)}"\n\n` };

/** The body without the last line's end and the blank line after it. */
function withoutLastLine(scenario: Scenario): Scenario {
  const last = scenario.steps.at(-1);
  if (last === undefined || !("send" in last)) throw new Error("The scenario does not end with a frame.");
  return { ...scenario, steps: [...scenario.steps.slice(0, -1), { send: last.send.trimEnd() }] };
}

/** The scenario with usage after each piece of the answer. */
function withUsage(usage: Step, scenario: Scenario): Scenario {
  const isPiece = (step: Step) => "send" in step && /"(text|content)":"[^"]/.test(step.send);
  return { ...scenario, steps: scenario.steps.flatMap((step) => (isPiece(step) ? [step, usage] : [step])) };
}

/** Every way in which a provider can fail, with the expected outcome. */
export const faultMatrix: readonly FaultCase[] = [
  { name: "a good answer", anthropic, azure, ending: "stop", content: whole },
  {
    name: "the bytes come one at a time",
    anthropic: cutEvery(1, anthropic),
    azure: cutEvery(1, azure),
    ending: "stop",
    content: whole,
  },
  {
    name: "the answer reaches its token limit",
    anthropic: anthropicAnswer({ text: pieces, stopReason: "max_tokens" }),
    azure: azureAnswer({ text: pieces, finishReason: "length" }),
    ending: "length",
    content: whole,
  },
  {
    name: "the model refuses",
    anthropic: anthropicAnswer({
      text: pieces,
      stopReason: "refusal",
      stopDetails: { type: "refusal", explanation: canary },
    }),
    azure: azureAnswer({ refusal: pieces }),
    ending: "refusal",
    content: whole,
  },
  {
    name: "a content filter ends the answer",
    anthropic: anthropicAnswer({ text: pieces, stopReason: "refusal" }),
    azure: azureAnswer({ text: pieces, finishReason: "content_filter" }),
    ending: "refusal · content_filter",
    content: whole,
  },
  {
    name: "one event of 5 MB",
    anthropic: anthropicAnswer({ text: [huge] }),
    azure: azureAnswer({ text: [huge] }),
    ending: "length",
    content: "x".repeat(200_000),
  },
  {
    name: "an event that is not known",
    anthropic: insertAfter(anthropicFrames, [{ send: `event: future\ndata: ${leak}\n\n` }], anthropic),
    azure: insertAfter(azureFrames, [azureFrame({ object: "future", note: leak })], azure),
    ending: "stop",
    content: whole,
  },
  {
    name: "the end marker comes without a blank line",
    anthropic: withoutLastLine(anthropic),
    azure: withoutLastLine(azure),
    ending: "stop",
    content: whole,
  },
  {
    name: "the stream ends after the finish reason, without the end marker",
    anthropic: endAfter(countFrames(anthropic) - 1, anthropic),
    azure: azureAnswer({ text: pieces, done: false }),
    ending: "stop",
    content: whole,
  },
  {
    name: "the socket breaks after the finish reason",
    anthropic: breakAfter(countFrames(anthropic) - 1, anthropic),
    azure: breakAfter(countFrames(azure) - 1, azure),
    ending: "stop",
    content: whole,
  },
  {
    name: "the stream goes silent after the finish reason",
    anthropic: stallAfter(countFrames(anthropic) - 1, anthropic),
    azure: stallAfter(countFrames(azure) - 2, azure),
    ending: "stop",
    content: whole,
  },
  {
    name: "an answer of white space",
    anthropic: anthropicAnswer({ text: ["\n", "\n"] }),
    azure: azureAnswer({ text: ["\n", "\n"] }),
    ending: "stop",
    content: "\n\n",
  },
  {
    name: "usage in every frame",
    anthropic: withUsage(anthropicFrame({ type: "message_delta", delta: {}, usage: { output_tokens: 3 } }), anthropic),
    azure: withUsage(azureFrame({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3 } }), azure),
    ending: "stop",
    content: whole,
  },
  {
    name: "an unknown finish reason",
    anthropic: anthropicAnswer({ text: pieces, stopReason: "future_reason" }),
    azure: azureAnswer({ text: pieces, finishReason: "future_reason" }),
    ending: "upstream_truncated",
    content: whole,
  },
  {
    name: "one event of 9 MB",
    anthropic: insertAfter(anthropicFrames, [tooLong], anthropic),
    azure: insertAfter(azureFrames, [tooLong], azure),
    ending: "upstream_truncated",
    content: first,
  },
  {
    name: "the stream ends early and cleanly",
    anthropic: endAfter(anthropicFrames, anthropic),
    azure: endAfter(azureFrames, azure),
    ending: "upstream_truncated",
    content: first,
  },
  {
    name: "the socket breaks during the answer",
    anthropic: breakAfter(anthropicFrames, anthropic),
    azure: breakAfter(azureFrames, azure),
    ending: "upstream_truncated",
    content: first,
  },
  {
    name: "malformed JSON during the answer",
    anthropic: insertAfter(anthropicFrames, [{ send: `event: content_block_delta\ndata: {"${leak}\n\n` }], anthropic),
    azure: insertAfter(azureFrames, [{ send: `data: {"${leak}\n\n` }], azure),
    ending: "upstream_truncated",
    content: first,
  },
  {
    name: "the stream goes silent during the answer",
    anthropic: stallAfter(anthropicFrames, anthropic),
    azure: stallAfter(azureFrames, azure),
    ending: "provider_timeout",
    content: first,
  },
  {
    name: "an error event: the provider is overloaded",
    anthropic: insertAfter(anthropicFrames, [anthropicErrorFrame("overloaded_error", leak)], anthropic),
    azure: insertAfter(azureFrames, [azureErrorFrame({ code: "overloaded", message: leak })], azure),
    ending: "provider_overloaded",
    content: first,
  },
  {
    name: "an error event: too many requests",
    anthropic: insertAfter(anthropicFrames, [anthropicErrorFrame("rate_limit_error", leak)], anthropic),
    azure: insertAfter(azureFrames, [azureErrorFrame({ code: "429", message: leak })], azure),
    ending: "provider_rate_limited",
    content: first,
  },
  {
    name: "an error event that is only a sentence",
    anthropic: insertAfter(anthropicFrames, [{ send: `event: error\ndata: ${leak}\n\n` }], anthropic),
    azure: insertAfter(azureFrames, [azureFrame({ error: leak })], azure),
    ending: "provider_unavailable",
    content: first,
  },
  {
    name: "any other error event",
    anthropic: insertAfter(anthropicFrames, [anthropicErrorFrame("api_error", leak)], anthropic),
    azure: insertAfter(azureFrames, [azureErrorFrame({ code: "internal_error", message: leak })], azure),
    ending: "provider_unavailable",
    content: first,
  },
  { name: "the response stalls before the headers", ...same(faults.stallBeforeHead), ending: "provider_timeout" },
  { name: "the response stalls after the headers", ...same(faults.stallBeforeBody), ending: "provider_timeout" },
  { name: "the socket breaks before the headers", ...same(faults.breakBeforeHead), ending: "provider_unavailable" },
  { name: "the socket breaks after the headers", ...same(faults.breakBeforeBody), ending: "provider_unavailable" },
  { name: "an empty body", ...same(faults.emptyBody), ending: "provider_unavailable" },
  { name: "another content type", ...same(faults.wrongContentType), ending: "provider_unavailable" },
  { name: "garbage instead of events", ...same(faults.garbage), ending: "provider_unavailable" },
  { name: "malformed JSON at the start", ...same(faults.malformedJson), ending: "provider_unavailable" },
  { name: "400", ...refused(400, "invalid_request_error"), ending: "provider_rejected" },
  {
    name: "400: the prompt is refused by a content filter",
    anthropic: anthropicError(400, "invalid_request_error", { message: leak }),
    azure: azureContentFiltered(),
    ending: "provider_rejected · content_filtered",
  },
  { name: "401", ...refused(401, "authentication_error"), ending: "provider_rejected" },
  { name: "403", ...refused(403, "permission_error"), ending: "provider_rejected" },
  { name: "404", ...refused(404, "not_found_error"), ending: "provider_rejected" },
  { name: "408", ...refused(408, "timeout"), ending: "provider_unavailable" },
  { name: "429", ...refused(429, "rate_limit_error"), ending: "provider_rate_limited" },
  {
    name: "429, `Retry-After: 86400`",
    ...refused(429, "rate_limit_error", { "retry-after": "86400" }),
    ending: "provider_rate_limited",
  },
  { name: "500", ...refused(500, "api_error"), ending: "provider_unavailable" },
  { name: "503", ...refused(503, "api_error"), ending: "provider_unavailable" },
  { name: "529", ...refused(529, "overloaded_error"), ending: "provider_overloaded" },
  {
    name: "500 with an HTML page as its body",
    ...same(plainAnswer(500, `<html>${leak}</html>`, { "content-type": "text/html" })),
    ending: "provider_unavailable",
  },
];

/** The expected ending of a fault with one provider. Some differ, because the wire formats differ. */
export function expectedEnding(fault: FaultCase, provider: "anthropic" | "azure"): string {
  const [forAnthropic = "", forAzure = forAnthropic] = fault.ending.split(" · ");
  return provider === "anthropic" ? forAnthropic : forAzure;
}
