import type { Answer, Feedback } from "../../protocol/index.ts";
import { textOf } from "../prompt/parts.ts";
import { publicAnswer, type AnswerRecord } from "../turn/answer.ts";
import type { VisitorStore } from "./store.ts";

/** Everything that is stored about a visitor, in the form they get. Times are milliseconds since the epoch. */
export interface VisitorExport {
  exportedAt: number;
  conversations: ExportedConversation[];
}

/** One conversation of an export: every message with every version of its answer, oldest first. */
export interface ExportedConversation {
  id: string;
  assistant: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  messages: { id: string; content: string; createdAt: number; answers: ExportedAnswer[] }[];
}

/** An answer, marked for programs that read the file: a machine wrote it. Some laws require this. */
type ExportedAnswer = Answer & { feedback?: Feedback; aiGenerated: true };

/**
 * Collects everything that is stored about a visitor.
 * @param running what a conversation's running turn has written so far; undefined if none is running
 */
export function exportVisitor(
  store: VisitorStore,
  running: (conversation: string) => string | undefined,
  exportedAt: number,
): VisitorExport {
  const toAnswer = (record: AnswerRecord): ExportedAnswer => {
    const answer = { ...publicAnswer(record), aiGenerated: true as const };
    return record.status === "running" ? { ...answer, content: running(record.conversation) ?? "" } : answer;
  };
  const conversations = store.allConversations().map(({ isDeleted: _isDeleted, ...conversation }) => ({
    ...conversation,
    messages: store.messages(conversation.id, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).map((message) => ({
      id: message.id,
      content: textOf(message.parts),
      createdAt: message.createdAt,
      answers: store.answersTo(conversation.id, message.id).map(toAnswer),
    })),
  }));
  return { exportedAt, conversations };
}
