import type { ErrorCode } from "./error-codes.ts";

/** Tokens that a turn used. Always there on a terminal event. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens?: number;
  cacheWriteInputTokens?: number;
  reasoningTokens?: number;
  /** `estimated` where the provider did not say, as after an abort. */
  source: "provider" | "estimated";
}

/** Why an answer ended, for every ending that is not an error. */
export type FinishReason = "stop" | "length" | "content_filter" | "refusal" | "aborted";

/** What a turn is doing right now. */
export type TurnStatus = "retrieving" | "waiting" | "reasoning" | "answering";

/** One thing that retrieval found, or that the operator's context holds. `index` counts from 1. */
export interface Source {
  index: number;
  id: string;
  title: string;
  url?: string;
  snippet?: string;
  score?: number;
}

/** A place in the answer that rests on a source. `at` is an offset in UTF-16 units. */
export interface Citation {
  index: number;
  quote?: string;
  at: number;
}

/** Something was not done. */
export interface Warning {
  code: string;
  detail: string;
}

/** The provider's own data for one event, as it came, where the assistant exposes it. */
export type ProviderData = Record<string, unknown>;

/** How long a turn took, in milliseconds; a part that did not happen is null. */
export interface Timing {
  contextMs: number | null;
  firstTokenMs: number | null;
  totalMs: number;
}

export interface StartEvent {
  type: "start";
  messageId: string;
  userMessageId: string;
  conversationId: string;
  assistant: string;
  provider?: string;
  model?: string;
  providerData?: ProviderData;
}

export interface StatusEvent {
  type: "status";
  status: TurnStatus;
}

export interface SourcesEvent {
  type: "sources";
  sources: Source[];
}

export interface ReasoningEvent {
  type: "reasoning";
  content: string;
  providerData?: ProviderData;
}

export interface DeltaEvent {
  type: "delta";
  content: string;
  /** Tokens so far, where the provider gave them. */
  usage?: Usage;
  providerData?: ProviderData;
}

export interface CitationEvent extends Citation {
  type: "citation";
  providerData?: ProviderData;
}

export interface UsageEvent {
  type: "usage";
  usage: Usage;
  providerData?: ProviderData;
}

export interface WarningEvent extends Warning {
  type: "warning";
}

/** The normal ending. `content` is the whole answer and replaces whatever was shown. */
export interface ResponseEvent {
  type: "response";
  messageId: string;
  content: string;
  finishReason: FinishReason;
  usage: Usage;
  citations: Citation[];
  sources: Source[];
  provider?: string;
  model?: string;
  timing: Timing;
  providerData?: ProviderData;
}

/** The other ending. `content` is the partial answer, which stays in the history. */
export interface ErrorEvent {
  type: "error";
  messageId: string;
  code: ErrorCode;
  message: string;
  requestId: string;
  retryable: boolean;
  retryAfterMs?: number;
  usage: Usage;
  content: string;
}

/** One event of a turn's stream: the `data` of one SSE frame. */
export type ChatEvent =
  | StartEvent
  | StatusEvent
  | SourcesEvent
  | ReasoningEvent
  | DeltaEvent
  | CitationEvent
  | UsageEvent
  | WarningEvent
  | ResponseEvent
  | ErrorEvent;

/** An event that ends a turn: exactly one a turn. */
export type TerminalEvent = ResponseEvent | ErrorEvent;

/** Whether an event ends its turn. */
export function isTerminal(event: ChatEvent): event is TerminalEvent {
  return event.type === "response" || event.type === "error";
}

/** The place of an event in its turn: the SSE `id`. */
export interface EventId {
  /** The answer's message id. */
  answer: string;
  /** Counts up from 1. */
  seq: number;
}

/** Writes an event's place as the SSE `id`, `{answer}.{seq}`. */
export function formatEventId(id: EventId): string {
  return `${id.answer}.${id.seq}`;
}

/**
 * Reads an SSE `id` or a `Last-Event-ID` header.
 * @returns the place, or undefined where the text is not one of ours
 */
export function parseEventId(text: string): EventId | undefined {
  const dot = text.lastIndexOf(".");
  const seq = text.slice(dot + 1);
  if (dot < 1 || !/^\d{1,9}$/.test(seq)) return undefined;
  return { answer: text.slice(0, dot), seq: Number(seq) };
}

const required: { [T in ChatEvent["type"]]: readonly string[] } = {
  start: ["messageId", "userMessageId", "conversationId", "assistant"],
  status: ["status"],
  sources: ["sources"],
  reasoning: ["content"],
  delta: ["content"],
  citation: ["index", "at"],
  usage: ["usage"],
  warning: ["code", "detail"],
  response: ["messageId", "content", "finishReason", "usage", "citations", "sources", "timing"],
  error: ["messageId", "code", "message", "usage", "content"],
};

/**
 * Reads the `data` of one SSE frame. A client ignores what it does not know, so an unknown type is no error.
 * @param data the frame's text
 * @returns the event, or undefined where it is not JSON, of an unknown type, or lacks a field of its type
 */
export function parseChatEvent(data: string): ChatEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined; // not one of ours: same as an unknown event
  }
  return isChatEvent(value) ? value : undefined;
}

function isChatEvent(value: unknown): value is ChatEvent {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  const { type } = value;
  if (typeof type !== "string" || !Object.hasOwn(required, type)) return false;
  return required[type as ChatEvent["type"]].every((field) => field in value);
}
