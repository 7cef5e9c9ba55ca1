import type {
  AnswerStatus,
  ChatProfile,
  Citation,
  ErrorCode,
  Feedback,
  FinishReason,
  Source,
  TurnStatus,
  Usage,
} from "../../protocol/index.ts";

/**
 * Why something failed: an error code of the protocol, or a code that only the browser knows.
 * `interrupted` means that a stream ended without its terminal event; the turn itself may continue. `outdated` means
 * that a part of the chat can no longer be loaded, usually because the worker was redeployed: only reloading the
 * page helps. `signed_out` means that the site no longer says who the visitor is. `copy_failed` means that the page may
 * not write to the clipboard. It is shown to the visitor, but the element emits no event for it.
 */
export type FailureCode =
  | ErrorCode
  | "missing_assistant"
  | "offline"
  | "unreachable"
  | "interrupted"
  | "outdated"
  | "signed_out"
  | "copy_failed";

/** A failure as the visitor sees it. */
export interface Failure {
  code: FailureCode;
  /** Whether the same request can be tried again. */
  canRetry: boolean;
  /** Id of the request in the worker's log. */
  requestId?: string;
  /** When a retry is allowed, in milliseconds since the epoch. */
  retryAt?: number;
  /** Whether the request is retried automatically at `retryAt`. */
  isAutomatic?: boolean;
}

/** The delivery state of a visitor's message. `queued` waits for the network. */
export type Delivery =
  | { state: "sending" }
  | { state: "queued" }
  | { state: "sent" }
  | { state: "failed"; failure: Failure };

/** A visitor's message. */
export interface Question {
  role: "user";
  id: string;
  content: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  delivery: Delivery;
  /**
   * The messages that this question replaces: an earlier question and everything after it. They are kept until this
   * question is delivered, so that they can be restored.
   */
  replaced?: readonly ChatMessage[];
}

/** An answer, complete or growing. */
export interface AnswerState {
  role: "assistant";
  id: string;
  /** Id of the question. */
  replyTo: string;
  content: string;
  /** What the model thought, if the assistant exposes it. It is not stored: only a page that followed the turn has it. */
  reasoning?: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  status: AnswerStatus;
  /** Number of the last processed event. Earlier events are ignored, and resuming continues after it. */
  seq: number;
  /** What the turn is doing while it runs. */
  progress?: TurnStatus;
  finishReason?: FinishReason;
  failure?: Failure;
  citations: readonly Citation[];
  sources: readonly Source[];
  /** Questions that the visitor could ask next. */
  suggestions?: readonly string[];
  /** Whether the model suggests that a person takes over. */
  handover?: boolean;
  usage?: Usage;
  /** The visitor's rating. */
  feedback?: Feedback;
  /** Earlier answers to the same question, oldest first. */
  versions: readonly AnswerState[];
}

export type ChatMessage = Question | AnswerState;

/**
 * Why an answer did not end normally. `thought_too_long` and `empty` are answers without text: the model used up its
 * limit for thinking, or wrote nothing.
 */
export type AnswerEnding = Exclude<FinishReason, "stop"> | "thought_too_long" | "empty";

/** Whether an answer has nothing to show. */
export function isBlank({ content }: AnswerState): boolean {
  return !/\S/.test(content);
}

/** Whether an answer ended in the middle: it was stopped, it failed, or the model reached a limit. */
export function isCutOff({ status, finishReason }: AnswerState): boolean {
  if (status === "complete") return finishReason !== undefined && finishReason !== "stop";
  return status !== "running";
}

/** Why an answer did not end normally; undefined if it ended normally, is still running or failed. */
export function endingOf(answer: AnswerState): AnswerEnding | undefined {
  const { finishReason } = answer;
  if (finishReason === "stop") return isBlank(answer) ? "empty" : undefined;
  return finishReason === "length" && isBlank(answer) ? "thought_too_long" : finishReason;
}

/** The state of the assistant's profile. */
export type ProfileState =
  | { state: "unknown" | "loading"; profile?: undefined }
  | { state: "ready"; profile: ChatProfile }
  | { state: "failed"; failure: Failure; profile?: undefined };

/** The state of the stored messages. */
export type HistoryState = { state: "ready" } | { state: "loading" } | { state: "failed"; failure: Failure };

/** The fields of every turn that is not over. */
interface OpenTurn {
  /** Id of the question. */
  question: string;
  /** Nothing has arrived for some seconds. */
  isSlow: boolean;
  /** The visitor pressed stop; the terminal event has not arrived yet. */
  isStopping: boolean;
  /** The connection was lost and is being opened again. */
  isReconnecting: boolean;
}

/** The reader's position, as an offset in pixels from the top of a message. No anchor means the end of the conversation. */
export interface ScrollAnchor {
  message: string;
  offsetPx: number;
}

/** The conversation's turn. At most one turn runs at a time; `idle` means that none is running. */
export type Turn =
  | { phase: "idle" }
  | ({ phase: "waiting" } & OpenTurn)
  | ({ phase: "answering"; answer: string } & OpenTurn);

/** Everything that the view shows. */
export interface ChatState {
  /** The conversation's id, which the browser creates. */
  conversation: string;
  /** The title, from the worker, the visitor or the first question; empty if there is none yet. */
  title: string;
  history: HistoryState;
  /** Cursor for older messages, if there are any. */
  previous?: string;
  profile: ProfileState;
  messages: readonly ChatMessage[];
  turn: Turn;
  /** The text in the composer. */
  draft: string;
  /** Shown above the composer: why a question moved back into the composer, or why a request failed. */
  notice?: Failure;
  isOnline: boolean;
}

/** The state of a new chat. */
export function initialState(conversation: string): ChatState {
  return {
    conversation,
    title: "",
    history: { state: "ready" },
    profile: { state: "unknown" },
    messages: [],
    turn: { phase: "idle" },
    draft: "",
    isOnline: true,
  };
}

/** The questions that the worker has not accepted yet, oldest first. */
export function undelivered({ messages }: ChatState): Question[] {
  return messages.filter((message) => message.role === "user").filter(({ delivery }) => delivery.state !== "sent");
}

/** The question with this id, if it is in the conversation. */
export function findQuestion(state: ChatState, id: string): Question | undefined {
  return state.messages.find((message): message is Question => message.role === "user" && message.id === id);
}

/** The answer with this id, if it is in the conversation. */
export function findAnswer(state: ChatState, id: string): AnswerState | undefined {
  return state.messages.find((message): message is AnswerState => message.role === "assistant" && message.id === id);
}
