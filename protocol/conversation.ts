import type { ErrorCode } from "./error-codes.ts";
import type { Citation, FinishReason, Source, Usage, Warning } from "./events.ts";

/** Where an answer stands. */
export type AnswerStatus = "running" | "complete" | "aborted" | "failed";

/** A visitor's verdict on an answer. */
export interface Feedback {
  rating: "up" | "down";
  comment?: string;
}

/** One answer to a user message. A regenerated answer is a further version of it. */
export interface Answer {
  id: string;
  content: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  status: AnswerStatus;
  finishReason?: FinishReason;
  errorCode?: ErrorCode;
  citations: Citation[];
  sources: Source[];
  warnings: Warning[];
  usage?: Usage;
  feedback?: Feedback;
}

export interface UserMessage {
  id: string;
  role: "user";
  content: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

/** The newest answer to a user message, with the earlier ones, oldest first, where there are any. */
export interface AssistantMessage extends Answer {
  role: "assistant";
  /** Id of the user message. */
  replyTo: string;
  versions?: Answer[];
}

export type Message = UserMessage | AssistantMessage;

/** A line in the list of conversations. Times in milliseconds since the epoch. */
export interface ConversationSummary {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  messageCount: number;
}

/** Answer of `GET /v1/conversations`. */
export interface ConversationList {
  conversations: ConversationSummary[];
  /** Give it as `?cursor=` for the next page. */
  next?: string;
}

/** Answer of `GET /v1/conversations/{c}`. */
export interface Conversation {
  id: string;
  title: string;
  /** Oldest first; the newest page unless `?before=` asked for another. */
  messages: Message[];
  /** Give it as `?before=` for the messages before these. */
  previous?: string;
  /** The running turn, where there is one: follow it from `lastEventId`. */
  active: { messageId: string; lastEventId: string } | null;
}
