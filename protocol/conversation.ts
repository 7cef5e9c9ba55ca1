import type { ErrorCode } from "./error-codes.ts";
import type { Citation, FinishReason, Source, Usage, Warning } from "./events.ts";

/** The state of an answer. */
export type AnswerStatus = "running" | "complete" | "aborted" | "failed";

/** A visitor's rating of an answer. */
export interface Feedback {
  rating: "up" | "down";
  comment?: string;
}

/** One answer to a user message. Regenerating adds another version. */
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
  /** Questions that the visitor could ask next. Clients offer them only below the newest answer. */
  suggestions?: string[];
  /** Whether the model suggests that a person takes over. */
  handover?: true;
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

/** The newest answer to a user message. `versions` holds the earlier answers, oldest first, if there are any. */
export interface AssistantMessage extends Answer {
  role: "assistant";
  /** Id of the user message. */
  replyTo: string;
  versions?: Answer[];
}

export type Message = UserMessage | AssistantMessage;

/** An entry in the list of conversations. Times are in milliseconds since the epoch. */
export interface ConversationSummary {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  messageCount: number;
}

/** Response of `GET /v1/conversations`. */
export interface ConversationList {
  conversations: ConversationSummary[];
  /** Pass it as `?cursor=` to get the next page. */
  next?: string;
}

/** Response of `GET /v1/conversations/{c}`. */
export interface Conversation {
  id: string;
  title: string;
  /** Oldest first. This is the newest page unless `?before=` asked for an earlier one. */
  messages: Message[];
  /** Pass it as `?before=` to get the messages before these. */
  previous?: string;
  /** The running turn, if there is one. Follow it from `lastEventId`. */
  active: { messageId: string; lastEventId: string } | null;
}
