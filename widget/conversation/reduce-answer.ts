import type { ChatEvent, ErrorEvent, ResponseEvent } from "../../protocol/index.ts";
import type { AnswerState, Failure } from "./state.ts";

/**
 * Applies the next event of an answer's stream, and returns the new state of the answer. Pure.
 * @param at the time of the event, in milliseconds since the epoch
 */
export function reduceAnswer(answer: AnswerState, event: ChatEvent, at: number): AnswerState {
  switch (event.type) {
    case "start":
      return { ...answer, progress: answer.progress ?? "waiting" };
    case "status":
      return { ...answer, progress: event.status };
    case "sources":
      return { ...answer, sources: event.sources };
    case "reasoning":
      return { ...answer, progress: "reasoning", reasoning: (answer.reasoning ?? "") + event.content };
    case "delta":
      return { ...answer, progress: "answering", content: answer.content + event.content };
    case "citation":
      return { ...answer, citations: [...answer.citations, { index: event.index, quote: event.quote, at: event.at }] };
    case "suggestions":
      return { ...answer, suggestions: event.suggestions, handover: event.handover };
    case "usage":
      return { ...answer, usage: event.usage };
    case "warning":
      return answer;
    case "response":
      return complete(answer, event);
    case "error":
      return fail(answer, event, at);
  }
}

function complete(answer: AnswerState, event: ResponseEvent): AnswerState {
  const { content, finishReason, citations, sources, usage } = event;
  const status = finishReason === "aborted" ? "aborted" : "complete";
  return { ...answer, content, finishReason, citations, sources, usage, status, progress: undefined };
}

function fail(answer: AnswerState, event: ErrorEvent, at: number): AnswerState {
  const { content, usage } = event;
  return { ...answer, content, usage, status: "failed", failure: endedIn(event, at), progress: undefined };
}

/** Converts the `error` event that ended a turn to a failure. */
export function endedIn(event: ErrorEvent, at: number): Failure {
  const { code, requestId, retryable, retryAfterMs } = event;
  return { code, canRetry: retryable, requestId, retryAt: retryAfterMs === undefined ? undefined : at + retryAfterMs };
}
