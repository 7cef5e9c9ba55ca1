import {
  ChatError,
  formatEventId,
  type Answer,
  type AssistantMessage,
  type Conversation,
  type ConversationList,
  type Message,
} from "../../protocol/index.ts";
import { textOf } from "../prompt/parts.ts";
import { publicAnswer, type AnswerRecord } from "../turn/answer.ts";
import type { ConversationRecord, MessageRecord } from "./records.ts";
import type { VisitorStore } from "./store.ts";
import type { Turn } from "../turn/turn.ts";

/** How many conversations one page of the list has at most. */
const listLimit = 50;

/** How many questions, with their answers, one page of a conversation has at most. */
const turnLimit = 30;

/**
 * The approximate maximum length of all answers on one page, in UTF-16 units. With long answers, a page has fewer
 * questions, and only the newest versions of an answer that fit. So a page always fits into memory and into a call
 * between objects.
 */
const pageChars = 256 * 1024;

/**
 * One page of the visitor's conversations, newest first. `cursor` is the `next` of the page before: the time and id of
 * its last conversation. If it is undefined, this is the first page.
 */
export function listConversations(store: VisitorStore, cursor: string | undefined): ConversationList {
  const [time, id] = cursor === undefined ? [Number.MAX_SAFE_INTEGER, ""] : readCursor(cursor);
  const found = store.conversations(time, id, listLimit + 1);
  const conversations = found.slice(0, listLimit);
  const last = conversations.at(-1);
  if (found.length <= listLimit || last === undefined) return { conversations };
  return { conversations, next: `${last.updatedAt}_${last.id}` };
}

function readCursor(cursor: string): [number, string] {
  const match = /^(\d{1,16})_(.{1,64})$/.exec(cursor);
  if (!match) throw new ChatError("invalid_request", { field: "cursor: must be the `next` of an earlier page." });
  return [Number(match[1]), match[2] ?? ""];
}

/**
 * One page of a conversation, oldest message first.
 * @param before id of a message: the page ends right before it. Undefined for the newest page
 * @param running the conversation's running turn, if there is one
 * @throws ChatError `invalid_request` if `before` is not a message of this conversation
 */
export function readConversation(
  store: VisitorStore,
  { id, title }: ConversationRecord,
  before: string | undefined,
  running: Turn | undefined,
): Conversation {
  const end = before === undefined ? Number.MAX_SAFE_INTEGER : positionOf(store, id, before);
  const found = store.messages(id, end, turnLimit + 1);
  const snapshot = running?.isOpen ? running.snapshot() : undefined;
  const shown: Message[][] = [];
  let roomChars = pageChars;
  for (const message of found.slice(-turnLimit).toReversed()) {
    if (roomChars <= 0) break;
    const answers = newestAnswers(store, message, roomChars).map((record) => toAnswer(record, snapshot?.content));
    roomChars -= charsOf(answers);
    shown.unshift(withAnswers(message, answers));
  }
  return {
    id,
    title,
    messages: shown.flat(),
    previous: found.length > shown.length ? shown[0]?.[0]?.id : undefined,
    active: snapshot && running ? activeTurn(running.subject.answer, snapshot.lastSeq) : null,
  };
}

function activeTurn(answer: string, lastSeq: number): Conversation["active"] {
  return { messageId: answer, lastEventId: formatEventId({ answer, seq: lastSeq }) };
}

/** The newest answers to a message, as many as fit, oldest first. The newest one is always included. */
function newestAnswers(store: VisitorStore, { conversation, id }: MessageRecord, roomChars: number): AnswerRecord[] {
  const answers: AnswerRecord[] = [];
  for (const answer of store.newestAnswersTo(conversation, id)) {
    if (answers.length > 0 && charsOf([...answers, answer]) > roomChars) break;
    answers.unshift(answer);
  }
  return answers;
}

function charsOf(answers: readonly { content: string }[]): number {
  return answers.reduce((chars, { content }) => chars + content.length, 0);
}

function toAnswer(record: AnswerRecord, running: string | undefined): Answer {
  const answer = publicAnswer(record);
  return answer.status === "running" && running !== undefined ? { ...answer, content: running } : answer;
}

function withAnswers({ id, parts, createdAt }: MessageRecord, answers: readonly Answer[]): Message[] {
  const question: Message = { id, role: "user", content: textOf(parts), createdAt };
  const newest = answers.at(-1);
  if (newest === undefined) return [question];
  const answer: AssistantMessage = { role: "assistant", replyTo: id, ...newest };
  return [question, answers.length === 1 ? answer : { ...answer, versions: answers.slice(0, -1) }];
}

function positionOf(store: VisitorStore, conversation: string, id: string): number {
  const message = store.message(id) ?? store.message(store.answer(id)?.message ?? "");
  if (message === undefined || message.conversation !== conversation) {
    throw new ChatError("invalid_request", { field: "before: must be a message of this conversation." });
  }
  return message.position;
}
