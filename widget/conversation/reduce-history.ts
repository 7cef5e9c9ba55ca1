import { isRetryable, parseEventId } from "../../protocol/index.ts";
import type { Answer, Conversation, Message } from "../../protocol/index.ts";
import type { AnswerState, ChatMessage, ChatState, Turn } from "./state.ts";

/** Adds the newest stored messages to the state. Undelivered messages, which exist only in this tab, are kept. */
export function loadNewest(state: ChatState, stored: Conversation): ChatState {
  if (stored.id !== state.conversation) return state;
  const newest = toMessages(stored).map((message) => keepNewer(state, message));
  const ids = new Set(newest.map(({ id }) => id));
  const first = state.messages.findIndex(({ id }) => id === newest[0]?.id);
  const older = first > 0 ? state.messages.slice(0, first) : [];
  const onlyHere = state.messages.filter((message) => isOnlyHere(state, message) && !ids.has(message.id));
  return {
    ...state,
    title: stored.title || state.title,
    history: { state: "ready" },
    messages: join([...older, ...newest], onlyHere),
    turn: settle(state, newest),
    previous: first > 0 ? state.previous : stored.previous,
  };
}

/**
 * Appends the messages that exist only in this tab to the stored ones. An edited question replaces the question that it
 * edits, and everything after it.
 */
function join(stored: ChatMessage[], onlyHere: readonly ChatMessage[]): ChatMessage[] {
  return onlyHere.reduce<ChatMessage[]>((messages, message) => {
    const replaces = message.role === "user" ? message.replaced?.[0]?.id : undefined;
    const from = messages.findIndex(({ id }) => id === replaces);
    if (message.role !== "user" || from < 0) return [...messages, message];
    return [...messages.slice(0, from), { ...message, replaced: messages.slice(from) }];
  }, stored);
}

/** Derives the turn from the stored messages, for when its stream cannot be followed. */
function settle({ turn, messages }: ChatState, newest: readonly ChatMessage[]): Turn {
  if (turn.phase === "idle") return turn;
  const answer = newest.find((message) => message.role === "assistant" && message.replyTo === turn.question);
  if (answer?.role !== "assistant") return turn;
  if (answer.status === "running") return { ...turn, phase: "answering", answer: answer.id };
  const isEarlier = turn.phase === "waiting" && messages.some(({ id }) => id === answer.id);
  return isEarlier ? turn : { phase: "idle" };
}

/** Maximum number of messages per step, so that no frame is delayed. */
const messagesAtOnce = 10;

/** Adds a page of older messages in steps, from the newest to the oldest. */
export function olderSteps(stored: Conversation): ((state: ChatState) => ChatState)[] {
  const messages = toMessages(stored);
  // an empty page is a step, too: it removes `previous`
  const steps = Math.max(1, Math.ceil(messages.length / messagesAtOnce));
  return Array.from({ length: steps }, (_, step) => (state) => {
    const end = messages.length - step * messagesAtOnce;
    const some = messages.slice(Math.max(0, end - messagesAtOnce), end);
    return putBefore(state, stored, some, step === steps - 1);
  });
}

function putBefore(state: ChatState, stored: Conversation, some: readonly ChatMessage[], isLast: boolean): ChatState {
  if (stored.id !== state.conversation) return state;
  const known = new Set(state.messages.map(({ id }) => id));
  const messages = [...some.filter(({ id }) => !known.has(id)), ...state.messages];
  return { ...state, messages, previous: isLast ? stored.previous : state.previous };
}

/**
 * Keeps an answer that is followed here if it is newer than the stored one. Otherwise returns the stored answer with
 * the thoughts that arrived here, because thoughts are not stored.
 */
function keepNewer(state: ChatState, message: ChatMessage): ChatMessage {
  const here = state.messages.find(({ id }) => id === message.id);
  if (here?.role !== "assistant" || message.role !== "assistant") return message;
  const { status, reasoning } = here;
  const isRunning = message.status === "running";
  if (isRunning && status === "failed" && isUnwritten(message)) return message; // its events come from the start again
  if (isRunning && (status === "complete" || status === "aborted" || here.seq > message.seq)) return here;
  return reasoning ? { ...message, reasoning } : message;
}

/** Whether an answer has no text and no citations yet, so that receiving its events again duplicates nothing. */
function isUnwritten({ content, citations }: Pick<AnswerState, "content" | "citations">): boolean {
  return content === "" && citations.length === 0;
}

function isOnlyHere({ turn }: ChatState, message: ChatMessage): boolean {
  if (message.role === "user") return message.delivery.state !== "sent";
  return turn.phase === "answering" && message.id === turn.answer;
}

function toMessages({ messages, active }: Conversation): ChatMessage[] {
  const lastEvent = active ? parseEventId(active.lastEventId) : undefined;
  return messages.map((message) => toMessage(message, lastEvent?.answer === message.id ? lastEvent.seq : 0));
}

function toMessage(message: Message, seq: number): ChatMessage {
  if (message.role === "user") return { ...message, delivery: { state: "sent" } };
  const { replyTo, versions = [] } = message;
  // What the turn is doing and what its model thinks are not stored. Both are in the events before the first text, so
  // an answer without text is followed from the start.
  const from = isUnwritten(message) ? 0 : seq;
  return { ...toAnswer(message, replyTo, from), versions: versions.map((version) => toAnswer(version, replyTo, 0)) };
}

function toAnswer(answer: Answer, replyTo: string, seq: number): AnswerState {
  const { id, content, createdAt, status, finishReason, errorCode, citations, sources, suggestions } = answer;
  const { handover, usage, feedback } = answer;
  const failure = errorCode && { code: errorCode, canRetry: isRetryable(errorCode) };
  const parts = {
    id,
    content,
    createdAt,
    status,
    finishReason,
    citations,
    sources,
    suggestions,
    handover,
    usage,
    feedback,
  };
  return { role: "assistant", replyTo, seq, failure, versions: [], ...parts };
}
