import type { AnswerStatus, Feedback } from "../../protocol/index.ts";
import type { AnswerDetails, AnswerRecord } from "./answer.ts";

/** A row of any of the tables. */
export type Row = Record<string, SqlStorageValue>;

/** A conversation as it is stored. Times in milliseconds since the epoch. */
export interface ConversationRecord {
  id: string;
  assistant: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  isDeleted: boolean;
}

/** A user message as it is stored. */
export interface MessageRecord {
  id: string;
  conversation: string;
  position: number;
  content: string;
  createdAt: number;
}

/** A turn at its start: all that is written of its beginning. */
export interface TurnStart {
  conversation: { id: string; assistant: string; title: string };
  /** A new message, in the place of the one at `replacesPosition` where that is given; or one that is there already. */
  message: { id: string; content: string; isNew: boolean; replacesPosition?: number };
  answer: { id: string; details: AnswerDetails };
  /** Milliseconds since the epoch. */
  now: number;
}

/** Reads a row of `conversation`. */
export function readConversation(row: Row): ConversationRecord {
  return {
    id: String(row["id"]),
    assistant: String(row["assistant"]),
    title: String(row["title"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
    isDeleted: row["deleted_at"] !== null,
  };
}

/** Reads a row of `message`. */
export function readMessage(row: Row): MessageRecord {
  return {
    id: String(row["id"]),
    conversation: String(row["conversation"]),
    position: Number(row["position"]),
    content: String(row["content"]),
    createdAt: Number(row["created_at"]),
  };
}

/** Reads a row of `answer`. */
export function readAnswer(row: Row): AnswerRecord {
  return {
    id: String(row["id"]),
    conversation: String(row["conversation"]),
    message: String(row["message"]),
    version: Number(row["version"]),
    createdAt: Number(row["created_at"]),
    endedAt: row["ended_at"] === null ? null : Number(row["ended_at"]),
    status: readStatus(row["status"]),
    content: String(row["content"]),
    details: readJson<AnswerDetails>(row["details"]),
    feedback: row["feedback"] === null ? undefined : readJson<Feedback>(row["feedback"]),
    reservedSeq: Number(row["reserved_seq"]),
    lastSeq: Number(row["last_seq"]),
  };
}

/** Reads a row of `log` that announces a turn. */
export function readAnnouncement(row: Row): TurnStart {
  return readJson<TurnStart>(row["frames"]);
}

const statuses: readonly AnswerStatus[] = ["running", "complete", "aborted", "failed"];

function readStatus(value: SqlStorageValue | undefined): AnswerStatus {
  return statuses.find((status) => status === value) ?? "failed";
}

/** Reads a column that the store wrote itself, so that its shape is known. */
function readJson<T>(value: SqlStorageValue | undefined): T {
  return JSON.parse(String(value)) as T;
}
