import { titleOf } from "../../protocol/index.ts";
import type { ChatEvent, ChatProfile, Feedback } from "../../protocol/index.ts";
import { findAnswer, findQuestion, initialState, undelivered } from "./state.ts";
import type { AnswerState, ChatMessage, ChatState, Failure, Question, Turn } from "./state.ts";
import { reduceAnswer } from "./reduce-answer.ts";

/** Everything that can happen to a chat. */
export type ChatAction =
  | { type: "profile-requested" }
  | { type: "profile-loaded"; profile: ChatProfile }
  | { type: "profile-failed"; failure: Failure }
  | { type: "drafted"; text: string }
  | { type: "sent"; id: string; content: string; at: number; replaces?: string }
  | { type: "queued"; question: string }
  | { type: "retried"; question: string }
  | { type: "followed"; answer: string }
  | { type: "withdrawn"; question: string }
  | { type: "refused"; question: string; failure: Failure }
  | { type: "received"; answer: string; seq: number; event: ChatEvent; at: number }
  | { type: "broken"; failure: Failure }
  | { type: "slowed" }
  | { type: "lost" }
  | { type: "stopping" }
  | { type: "connectivity"; isOnline: boolean }
  | { type: "restarted"; conversation: string }
  | { type: "visitor-switched" }
  | { type: "opened"; conversation: string; draft: string; undelivered: readonly Question[]; isStored: boolean }
  /** Stored messages were read: see `reduce-history.ts`. */
  | { type: "history-loaded" | "older-loaded"; next: ChatState }
  | { type: "history-failed"; failure: Failure }
  | { type: "notice-changed"; failure?: Failure }
  | { type: "renamed"; title: string }
  | { type: "rated"; answer: string; feedback: Feedback | undefined };

/**
 * Returns the chat's next state. Pure: ids and times are part of the action.
 * @param state the current state, which is not changed
 * @returns the next state, or the same object if the action changes nothing
 */
export function reduce(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case "profile-requested":
      return { ...state, profile: { state: "loading" } };
    case "profile-loaded":
      return { ...state, profile: { state: "ready", profile: action.profile } };
    case "profile-failed":
      return { ...state, profile: { state: "failed", failure: action.failure } };
    case "drafted":
      return state.draft === action.text ? state : { ...state, draft: action.text, notice: undefined };
    case "sent":
      return send(state, action);
    case "queued":
      return deliver(state, action.question, { state: "queued" });
    case "retried":
      return retry(state, action.question);
    case "followed":
      return follow(state, action.answer);
    case "withdrawn":
      return withdraw(state, action.question);
    case "refused":
      return refuse(state, action.question, action.failure);
    case "received":
      return receive(state, action);
    case "broken":
      return breakOff(state, action.failure);
    case "slowed":
      return withTurn(state, { isSlow: true });
    case "lost":
      return withTurn(state, { isReconnecting: true });
    case "stopping":
      return withTurn(state, { isStopping: true });
    case "connectivity":
      return state.isOnline === action.isOnline ? state : { ...state, isOnline: action.isOnline };
    case "restarted":
      return begin(state, action.conversation);
    case "visitor-switched":
      return leave(state);
    case "opened":
      return open(state, action);
    case "history-loaded":
    case "older-loaded":
      return action.next;
    case "history-failed":
      if (action.failure.code === "signed_out") return state; // the notice above the composer says so
      return { ...state, history: { state: "failed", failure: action.failure } };
    case "notice-changed":
      return { ...state, notice: action.failure };
    case "renamed":
      return { ...state, title: action.title };
    case "rated":
      return rate(state, action.answer, action.feedback);
  }
}

function send(state: ChatState, action: Extract<ChatAction, { type: "sent" }>): ChatState {
  const { id, content, at, replaces } = action;
  const from = state.messages.findIndex((message) => message.id === replaces);
  const replaced = from < 0 ? undefined : state.messages.slice(from);
  const question: Question = { role: "user", id, content, createdAt: at, delivery: { state: "sending" }, replaced };
  const before = replaced ? state.messages.slice(0, from) : state.messages;
  // a starter, or the page, can send while the visitor is writing something else
  const draft = state.draft === content ? "" : state.draft;
  return { ...state, messages: [...before, question], draft, notice: undefined, turn: waitFor(id) };
}

function begin({ profile, isOnline }: ChatState, conversation: string): ChatState {
  return { ...initialState(conversation), profile, isOnline };
}

/** Clears a conversation that belongs to another visitor. Only the draft and undelivered questions stay. */
function leave(state: ChatState): ChatState {
  const messages = undelivered(state).map((question) => ({ ...question, replaced: undefined }));
  return { ...begin(state, state.conversation), draft: state.draft, turn: state.turn, messages };
}

/** Shows a conversation, which may be stored. Messages that are already here stay until the stored ones are read. */
function open(state: ChatState, action: Extract<ChatAction, { type: "opened" }>): ChatState {
  const { conversation, draft, undelivered, isStored } = action;
  const known = conversation === state.conversation ? state : begin(state, conversation);
  const delivered = known.messages.filter(
    (message) => message.role === "assistant" || message.delivery.state === "sent",
  );
  return {
    ...known,
    draft,
    messages: [...delivered, ...undelivered],
    turn: { phase: "idle" },
    history: { state: isStored ? "loading" : "ready" },
  };
}

function rate(state: ChatState, id: string, feedback: Feedback | undefined): ChatState {
  const answer = findAnswer(state, id);
  return answer ? { ...state, messages: replace(state, { ...answer, feedback }) } : state;
}

function deliver(state: ChatState, id: string, delivery: Question["delivery"]): ChatState {
  const question = findQuestion(state, id);
  return question ? { ...state, messages: replace(state, { ...question, delivery }) } : state;
}

/** Sends a refused question again, as the last message. An answered question keeps its position. */
function retry(state: ChatState, id: string): ChatState {
  const question = findQuestion(state, id);
  if (!question) return state;
  const isAnswered = question.delivery.state === "sent";
  const messages = isAnswered
    ? state.messages
    : [...without(state, id), { ...question, delivery: { state: "sending" } as const }];
  return { ...state, messages, turn: waitFor(id), notice: undefined };
}

/** Marks an answer whose stream broke here as running again. */
function follow(state: ChatState, id: string): ChatState {
  const answer = findAnswer(state, id);
  if (!answer) return state;
  const messages = replace(state, { ...answer, status: "running", failure: undefined });
  const turn: Turn = { ...waitFor(answer.replyTo), phase: "answering", answer: id };
  return { ...state, messages, turn };
}

/** Moves a question that was not delivered back into the composer. */
function withdraw(state: ChatState, id: string): ChatState {
  const question = findQuestion(state, id);
  if (!question || question.delivery.state === "sent") return state;
  const draft = state.draft.trim() === "" ? question.content : `${question.content}\n${state.draft}`;
  const notice = question.delivery.state === "failed" ? question.delivery.failure : undefined;
  const messages = [...without(state, id), ...(question.replaced ?? [])];
  return { ...state, messages, draft, notice, turn: isAbout(state.turn, id) ? { phase: "idle" } : state.turn };
}

/**
 * Marks a question, or its answer if there is one, as failed. A question that cannot succeed moves back into the
 * composer, unless the visitor has written something new.
 */
function refuse(state: ChatState, id: string, failure: Failure): ChatState {
  const isAnswered = state.messages.some((message) => message.role === "assistant" && message.replyTo === id);
  if (isAnswered) return failAnswer(state, id, failure);
  const messages = state.messages.map((message) =>
    message.role === "user" && message.id === id
      ? { ...message, delivery: { state: "failed", failure } as const }
      : message,
  );
  const failed: ChatState = { ...state, messages, turn: { phase: "idle" } };
  return failure.canRetry || state.draft.trim() !== "" ? failed : withdraw(failed, id);
}

function receive(state: ChatState, action: Extract<ChatAction, { type: "received" }>): ChatState {
  const { turn } = state;
  if (turn.phase === "idle") return state; // the turn is over: late events are ignored
  if (turn.phase === "answering" && turn.answer !== action.answer) return state;
  const known = findAnswer(state, action.answer);
  if (known && action.seq <= known.seq) return state;
  const before = known ?? newAnswer(state, turn.question, action.answer, action.at);
  const answer = { ...reduceAnswer(before, action.event, action.at), seq: action.seq };
  const { question, isStopping } = turn;
  const next: Turn =
    answer.status === "running"
      ? { ...waitFor(question), phase: "answering", answer: answer.id, isStopping }
      : { phase: "idle" };
  if (known) return { ...state, messages: replace(state, answer), turn: next };
  const messages = insertAnswer(state, answer);
  const [first] = messages;
  // the worker derives the same title
  const title = state.title || (first?.role === "user" ? titleOf(first.content) : "");
  return { ...state, title, messages, turn: next };
}

/** Ends a turn whose stream broke. The answer so far stays. */
function breakOff(state: ChatState, failure: Failure): ChatState {
  const { turn } = state;
  return turn.phase === "answering" ? failAnswer(state, turn.question, failure) : state;
}

/** Marks the newest answer to a question as failed, and ends the turn. */
function failAnswer(state: ChatState, question: string, failure: Failure): ChatState {
  const messages = state.messages.map((message) =>
    message.role === "assistant" && message.replyTo === question
      ? { ...message, status: "failed" as const, failure, progress: undefined }
      : message,
  );
  return { ...state, messages, turn: { phase: "idle" } };
}

function newAnswer(state: ChatState, question: string, id: string, at: number): AnswerState {
  const earlier = state.messages.find(
    (message): message is AnswerState => message.role === "assistant" && message.replyTo === question,
  );
  const versions = earlier ? [...earlier.versions, { ...earlier, versions: [] }] : [];
  return {
    role: "assistant",
    id,
    replyTo: question,
    content: "",
    createdAt: at,
    status: "running",
    seq: 0,
    citations: [],
    sources: [],
    versions,
  };
}

/** Replaces the earlier answer to the same question, or adds the answer after its question, which is now delivered. */
function insertAnswer(state: ChatState, answer: AnswerState): readonly ChatMessage[] {
  const messages: ChatMessage[] = state.messages
    .filter((message) => message.role === "user" || message.replyTo !== answer.replyTo)
    .map((message) =>
      message.role === "user" && message.id === answer.replyTo
        ? { ...message, delivery: { state: "sent" } as const, replaced: undefined }
        : message,
    );
  const after = messages.findIndex((message) => message.id === answer.replyTo);
  messages.splice(after + 1 || messages.length, 0, answer);
  return messages;
}

function replace(state: ChatState, message: ChatMessage): readonly ChatMessage[] {
  return state.messages.map((other) => (other.id === message.id ? message : other));
}

function without(state: ChatState, id: string): readonly ChatMessage[] {
  return state.messages.filter((message) => message.id !== id);
}

function isAbout(turn: Turn, question: string): boolean {
  return turn.phase !== "idle" && turn.question === question;
}

function waitFor(question: string): Extract<Turn, { phase: "waiting" }> {
  return { phase: "waiting", question, isSlow: false, isStopping: false, isReconnecting: false };
}

function withTurn(state: ChatState, change: TurnChange): ChatState {
  return state.turn.phase === "idle" ? state : { ...state, turn: { ...state.turn, ...change } };
}

type TurnChange = { [Name in "isSlow" | "isStopping" | "isReconnecting"]?: boolean };
