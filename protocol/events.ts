import type { ErrorCode } from "./error-codes.ts";

/** Tokens that a turn used. Every terminal event has them. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens?: number;
  cacheWriteInputTokens?: number;
  reasoningTokens?: number;
  /** `estimated` if the provider did not report them, for example after an abort. */
  source: "provider" | "estimated";
}

/** Why an answer ended, unless it ended with an error. */
export type FinishReason = "stop" | "length" | "content_filter" | "refusal" | "aborted";

/** What a turn is doing right now. */
export type TurnStatus = "retrieving" | "waiting" | "reasoning" | "answering";

/** One source of an answer. `index` counts from 1; `url` is a full URL or a path on the site. */
export interface Source {
  index: number;
  id: string;
  /** `page`: the page that the visitor was looking at. Clients name it in their own words, e.g. "This page". */
  kind?: "page";
  title: string;
  url?: string;
  snippet?: string;
  score?: number;
}

/** A reference from the answer to a source. `at` is an offset in the answer, in UTF-16 code units. */
export interface Citation {
  index: number;
  quote?: string;
  at: number;
}

/** Something could not be done, but the turn continues. */
export interface Warning {
  code: string;
  detail: string;
}

/** The provider's own data for one event, unchanged. It is sent only if the assistant exposes it. */
export type ProviderData = Record<string, unknown>;

/** How long a turn took, in milliseconds. A phase that did not happen is `null`. */
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
  /** Tokens used so far, if the provider reported them. */
  usage?: Usage;
  providerData?: ProviderData;
}

export interface CitationEvent extends Citation {
  type: "citation";
  providerData?: ProviderData;
}

/** Questions that the visitor could ask next, at most three. Sent after the last delta. */
export interface SuggestionsEvent {
  type: "suggestions";
  suggestions: string[];
  /** The model suggests that a person takes over. Only an assistant with a handover sends it. */
  handover?: true;
}

export interface UsageEvent {
  type: "usage";
  usage: Usage;
  providerData?: ProviderData;
}

export interface WarningEvent extends Warning {
  type: "warning";
}

/** The normal end of a turn. `content` is the whole answer and replaces whatever was shown. */
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

/** The end of a turn that failed. `content` is the partial answer, which stays in the history. */
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
  | SuggestionsEvent
  | UsageEvent
  | WarningEvent
  | ResponseEvent
  | ErrorEvent;

/** An event that ends a turn. Every turn has exactly one. */
export type TerminalEvent = ResponseEvent | ErrorEvent;

/** Whether an event ends its turn. */
export function isTerminal(event: ChatEvent): event is TerminalEvent {
  return event.type === "response" || event.type === "error";
}

/** The position of an event in its turn: the SSE `id`. */
export interface EventId {
  /** The answer's message id. */
  answer: string;
  /** Counts from 1. */
  seq: number;
}

/** Formats an event's position as the SSE `id`, `{answer}.{seq}`. */
export function formatEventId(id: EventId): string {
  return `${id.answer}.${id.seq}`;
}

/**
 * Parses an SSE `id` or a `Last-Event-ID` header.
 * @returns the position, or undefined if the text does not have this form
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
  suggestions: ["suggestions"],
  usage: ["usage"],
  warning: ["code", "detail"],
  response: ["messageId", "content", "finishReason", "usage", "citations", "sources", "timing"],
  error: ["messageId", "code", "message", "usage", "content"],
};

/**
 * Parses the `data` of one SSE frame. Clients ignore events that they do not know, so an unknown type is not an error.
 * @param data the frame's text
 * @returns the event, or undefined if the text is not JSON, the type is unknown, or a required field is missing
 */
export function parseChatEvent(data: string): ChatEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined; // not JSON: ignored like an unknown event
  }
  return isChatEvent(value) ? value : undefined;
}

function isChatEvent(value: unknown): value is ChatEvent {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  const { type } = value;
  if (typeof type !== "string" || !Object.hasOwn(required, type)) return false;
  return required[type as ChatEvent["type"]].every((field) => field in value);
}
