import {
  errorMessage,
  isRetryable,
  type Answer,
  type AnswerStatus,
  type Citation,
  type ErrorCode,
  type Feedback,
  type FinishReason,
  type ProviderData,
  type Source,
  type TerminalEvent,
  type Timing,
  type Usage,
  type Warning,
} from "../../protocol/index.ts";

/** What is kept of an answer besides its text: one JSON column. */
export interface AnswerDetails {
  /** Of the request that began the turn. */
  requestId: string;
  /** Of the prompt, for usage if the provider reports none. */
  estimatedInputTokens: number;
  finishReason?: FinishReason;
  errorCode?: ErrorCode;
  retryAfterMs?: number;
  citations: Citation[];
  sources: Source[];
  warnings: Warning[];
  usage?: Usage;
  timing?: Timing;
  /** If the assistant exposes them. */
  provider?: string;
  model?: string;
  providerData?: ProviderData;
}

/** An answer as it is stored. Times in milliseconds since the epoch. */
export interface AnswerRecord {
  id: string;
  conversation: string;
  /** Id of the user message. */
  message: string;
  /** Counts from 1. */
  version: number;
  createdAt: number;
  endedAt: number | null;
  status: AnswerStatus;
  content: string;
  details: AnswerDetails;
  feedback?: Feedback;
  reservedSeq: number;
  lastSeq: number;
}

/** An answer at its end: what the terminal event is made from. */
export type AnswerEnd = Pick<AnswerRecord, "id" | "status" | "content" | "details">;

/** The event that ends, or ended, an answer: the same one whenever it is made. */
export function terminalEvent(record: AnswerEnd): TerminalEvent {
  const { id: messageId, content, details } = record;
  const usage: Usage = details.usage ?? {
    inputTokens: details.estimatedInputTokens,
    outputTokens: 0,
    source: "estimated",
  };
  const { errorCode, retryAfterMs, requestId } = details;
  if (errorCode !== undefined) {
    const retryable = isRetryable(errorCode);
    const message = errorMessage(errorCode);
    return { type: "error", messageId, code: errorCode, message, requestId, retryable, retryAfterMs, usage, content };
  }
  const { citations, sources, provider, model, providerData } = details;
  const timing = details.timing ?? { contextMs: null, firstTokenMs: null, totalMs: 0 };
  const finishReason = details.finishReason ?? "stop";
  const combined = {
    messageId,
    content,
    finishReason,
    usage,
    citations,
    sources,
    provider,
    model,
    timing,
    providerData,
  };
  return { type: "response", ...combined };
}

/** The public form of an answer. */
export function publicAnswer(record: AnswerRecord): Answer {
  const { id, content, createdAt, status, details, feedback } = record;
  const { finishReason, errorCode, citations, sources, warnings, usage } = details;
  return { id, content, createdAt, status, finishReason, errorCode, citations, sources, warnings, usage, feedback };
}
