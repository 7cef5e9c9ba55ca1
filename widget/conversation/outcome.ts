import type { ResponseEvent } from "../../protocol/index.ts";
import type { ChatState, Failure } from "./state.ts";

/** How a turn ended, as reported to the caller of `send()`. */
export type Outcome = { response: ResponseEvent } | { failure: Failure };

/** Finds the outcome of a turn in the stored conversation. It is used if the turn's terminal event was missed. */
export function toOutcome({ messages }: ChatState, question: string): Outcome {
  const answer = messages.find((message) => message.role === "assistant" && message.replyTo === question);
  if (answer?.role !== "assistant") return { failure: { code: "interrupted", canRetry: true } };
  if (answer.failure) return { failure: answer.failure };
  const { id: messageId, content, finishReason = "stop", citations, sources } = answer;
  const usage = answer.usage ?? { inputTokens: 0, outputTokens: 0, source: "estimated" };
  const timing = { contextMs: null, firstTokenMs: null, totalMs: 0 };
  return {
    response: {
      ...{ type: "response", messageId, content, finishReason, usage, timing },
      citations: [...citations],
      sources: [...sources],
    },
  };
}
