import type {
  AnswerStatus,
  AssistantProfile,
  Citation,
  ErrorCode,
  Feedback,
  FinishReason,
  Source,
  TurnStatus,
  Usage,
  Warning,
} from "../../protocol/index.ts";

/**
 * Why something did not work: a code of the wire, or one of those that only the browser can know.
 * `interrupted` is a stream that ended without its terminal event; the turn itself may go on. `outdated` is a part of the
 * chat that cannot be loaded any more, mostly since the worker was deployed anew: only loading the page again helps.
 */
export type FailureCode = ErrorCode | "missing_assistant" | "offline" | "unreachable" | "interrupted" | "outdated";

/** A failure as the visitor is told of it. */
export interface Failure {
  code: FailureCode;
  /** Whether the same thing can be tried again as it is. */
  canRetry: boolean;
  /** Where the worker's log has more. */
  requestId?: string;
  /** Not before this time, in milliseconds since the epoch. */
  retryAt?: number;
  /** At that time it is tried again without a press on a button. */
  isAutomatic?: boolean;
}

/** Where a visitor's message stands on its way to the worker. `queued` waits for the network. */
export type Delivery =
  | { state: "sending" }
  | { state: "queued" }
  | { state: "sent" }
  | { state: "failed"; failure: Failure };

/** What the visitor typed. */
export interface Question {
  role: "user";
  id: string;
  content: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  delivery: Delivery;
  /** It stands in place of an earlier question: that one, and all that followed it, until it is delivered. */
  replaced?: readonly ChatMessage[];
}

/** An answer, whole or growing. */
export interface AnswerState {
  role: "assistant";
  id: string;
  /** Id of the question. */
  replyTo: string;
  content: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  status: AnswerStatus;
  /** Number of the last event taken in: what came before is not taken twice, and resuming goes on after it. */
  seq: number;
  /** What the turn is doing, while it runs. */
  progress?: TurnStatus;
  finishReason?: FinishReason;
  failure?: Failure;
  citations: readonly Citation[];
  sources: readonly Source[];
  warnings: readonly Warning[];
  usage?: Usage;
  /** What the visitor thinks of it. */
  feedback?: Feedback;
  /** Earlier answers to the same question, oldest first. */
  versions: readonly AnswerState[];
}

export type ChatMessage = Question | AnswerState;

/** What is known of the assistant. */
export type ProfileState =
  | { state: "unknown" }
  | { state: "loading" }
  | { state: "ready"; profile: AssistantProfile }
  | { state: "failed"; failure: Failure };

/** Where the messages that the worker keeps of the conversation are. */
export type HistoryState = { state: "ready" } | { state: "loading" } | { state: "failed"; failure: Failure };

/** What every turn that is not over has. */
interface OpenTurn {
  /** Id of the question. */
  question: string;
  /** Nothing has come for some seconds. */
  isSlow: boolean;
  /** The visitor pressed stop; the ending is on its way. */
  isStopping: boolean;
  /** The connection is gone, and is being made anew. */
  isReconnecting: boolean;
}

/** Where the reader is: so many pixels below the top of a message, or at the end where there is none. */
export interface ScrollAnchor {
  message: string;
  offsetPx: number;
}

/** The one turn that may run at a time. */
export type Turn =
  | { phase: "idle" }
  | ({ phase: "waiting" } & OpenTurn)
  | ({ phase: "answering"; answer: string } & OpenTurn);

/** Everything that the view shows. */
export interface ChatState {
  /** The conversation's id, made here. */
  conversation: string;
  /** What the worker or the visitor calls the conversation; empty while it has no name. */
  title: string;
  history: HistoryState;
  /** Older messages can be fetched with it, where there are any. */
  previous?: string;
  profile: ProfileState;
  messages: readonly ChatMessage[];
  turn: Turn;
  /** What stands in the composer. */
  draft: string;
  /** Said above the composer: why what stands in it came back, or why what was asked for did not come. */
  notice?: Failure;
  isOnline: boolean;
}

/** The state of a chat that nobody has used yet. */
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

/** The questions that the worker has not taken yet, oldest first. */
export function undelivered({ messages }: ChatState): Question[] {
  return messages.filter((message) => message.role === "user").filter(({ delivery }) => delivery.state !== "sent");
}

/** The question with this id, if the conversation has it. */
export function findQuestion(state: ChatState, id: string): Question | undefined {
  return state.messages.find((message): message is Question => message.role === "user" && message.id === id);
}

/** The answer with this id, if the conversation has it. */
export function findAnswer(state: ChatState, id: string): AnswerState | undefined {
  return state.messages.find((message): message is AnswerState => message.role === "assistant" && message.id === id);
}
