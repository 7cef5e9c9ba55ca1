import {
  ChatError,
  formatEventId,
  type AssistantMessage,
  type Conversation,
  type ConversationList,
  type Message,
} from "../../protocol/index.ts";
import { textOf } from "../prompt/parts.ts";
import { publicAnswer } from "../turn/answer.ts";
import type { ConversationRecord, MessageRecord } from "./records.ts";
import type { VisitorStore } from "./store.ts";
import type { Turn } from "../turn/turn.ts";

/** How many conversations one page of the list has. */
const listLimit = 50;

/** How many questions, with their answers, one page of a conversation has. */
const turnLimit = 30;

/** One page of the visitor's conversations, newest first. The cursor is the last one's time and id. */
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
 * @param before id of a message: the page ends right before it
 * @param running the conversation's running turn, if there is one
 * @throws ChatError `invalid_request` if `before` is not one of its messages
 */
export function readConversation(
  store: VisitorStore,
  { id, title }: ConversationRecord,
  before: string | undefined,
  running: Turn | undefined,
): Conversation {
  const end = before === undefined ? Number.MAX_SAFE_INTEGER : positionOf(store, id, before);
  const found = store.messages(id, end, turnLimit + 1);
  const shown = found.slice(-turnLimit);
  const snapshot = running?.isOpen ? running.snapshot() : undefined;
  return {
    id,
    title,
    messages: shown.flatMap((message) => withAnswer(store, message, snapshot?.content)),
    previous: found.length > turnLimit ? shown[0]?.id : undefined,
    active: snapshot && running ? activeTurn(running.subject.answer, snapshot.lastSeq) : null,
  };
}

function activeTurn(answer: string, lastSeq: number): Conversation["active"] {
  return { messageId: answer, lastEventId: formatEventId({ answer, seq: lastSeq }) };
}

function withAnswer(store: VisitorStore, message: MessageRecord, running: string | undefined): Message[] {
  const { id, parts, createdAt } = message;
  const question: Message = { id, role: "user", content: textOf(parts), createdAt };
  const answers = store.answersTo(message.conversation, id).map((record) => {
    const answer = publicAnswer(record);
    return answer.status === "running" && running !== undefined ? { ...answer, content: running } : answer;
  });
  const newest = answers.pop();
  if (newest === undefined) return [question];
  const answer: AssistantMessage = { role: "assistant", replyTo: id, ...newest };
  return [question, answers.length === 0 ? answer : { ...answer, versions: answers }];
}

function positionOf(store: VisitorStore, conversation: string, id: string): number {
  const message = store.message(id) ?? store.message(store.answer(id)?.message ?? "");
  if (message === undefined || message.conversation !== conversation) {
    throw new ChatError("invalid_request", { field: "before: must be a message of this conversation." });
  }
  return message.position;
}
