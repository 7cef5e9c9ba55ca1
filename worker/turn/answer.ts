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
import { bytesIn } from "../prompt/tokens.ts";

/** Data of an answer besides its text, stored in one JSON column. */
export interface AnswerDetails {
  /** Id of the request that started the turn. */
  requestId: string;
  /** Estimated prompt tokens, used if the provider reports none. */
  estimatedInputTokens: number;
  finishReason?: FinishReason;
  errorCode?: ErrorCode;
  retryAfterMs?: number;
  citations: Citation[];
  sources: Source[];
  /** Questions that the visitor could ask next, if the assistant offers any. */
  suggestions?: string[];
  /** Whether the model suggests that a person takes over. */
  handover?: true;
  warnings: Warning[];
  usage?: Usage;
  timing?: Timing;
  /** Set if the assistant exposes them. */
  provider?: string;
  model?: string;
  providerData?: ProviderData;
  /** Whether no passage fits the question and the assistant keeps such questions. */
  isUnanswered?: true;
}

/**
 * The maximum size of an answer's details, in bytes of JSON. The platform allows 2 MB per row. A row holds the details
 * together with the text. The text has at most 600 kB, or 1.2 MB if it is escaped as JSON. A row of the log can also
 * hold up to 300 kB of other events.
 */
const maxDetailsBytes = 256 * 1024;

/** The fields that are emptied if details are too long, the least important first. */
const droppedFields = ["providerData", "citations", "sources", "warnings"] as const;

/**
 * Leaves out what is too long for a row. If an answer's end could not be stored, its object would try again in its
 * constructor. That would fail in the same way each time, so the object could never start again.
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

/** The final state of an answer, from which the terminal event is built. */
export type AnswerEnd = Pick<AnswerRecord, "id" | "status" | "content" | "details">;

/** Builds an answer's terminal event. The same record always gives the same event. */
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
  const { finishReason, errorCode, citations, sources, suggestions, handover, warnings, usage } = details;
  const about = { citations, sources, suggestions, handover, warnings, usage, feedback };
  return { id, content, createdAt, status, finishReason, errorCode, ...about };
}
