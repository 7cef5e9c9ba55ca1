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
import { log } from "../log.ts";
import { bytesIn } from "../prompt/assemble.ts";

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

/**
 * The most that an answer's details may have, in bytes of JSON. The platform allows 2 MB per row. A row holds the details
 * together with the text, which has 600 kB at most, or 1.2 MB where it is escaped, and with up to 300 kB of other events.
 */
const maxDetailsBytes = 256 * 1024;

/** What is left out of details that are too long, the least important first. */
const droppedFields = ["providerData", "citations", "sources", "warnings"] as const;

/**
 * Leaves out of an answer's details what does not fit a row. An answer that cannot be stored would be found as a broken
 * one whenever its object wakes, and an object that cannot end it could never wake again.
 */
export function fitDetails(details: AnswerDetails): AnswerDetails {
  let fitted = details;
  for (const field of droppedFields) {
    if (bytesIn(JSON.stringify(fitted)) <= maxDetailsBytes) break;
    fitted = { ...fitted, [field]: field === "providerData" ? undefined : [] };
    log("warning", "details_dropped", { field, requestId: details.requestId });
  }
  return fitted;
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
