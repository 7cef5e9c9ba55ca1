import type { AnswerStatus, Feedback, PageContext } from "../../protocol/index.ts";
import type { HistoryTurn } from "../prompt/history.ts";
import type { MessagePart } from "../prompt/parts.ts";
import type { Row } from "../storage/sql.ts";
import type { AnswerDetails, AnswerRecord } from "../turn/answer.ts";
import type { FrameBatch } from "../turn/frames.ts";
import type { TurnMessage } from "../turn/turn-storage.ts";

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
  parts: MessagePart[];
  createdAt: number;
  /** What the visitor was looking at. */
  pageContext?: PageContext;
}

/** Everything that is stored when a turn begins. */
export interface TurnStart {
  conversation: { id: string; assistant: string; title: string };
  message: TurnMessage;
  answer: { id: string; details: AnswerDetails };
  /** Milliseconds since the epoch. */
  now: number;
}

/** Which tokens are valid. Times in milliseconds since the epoch. */
export interface TokenGeneration {
  generation: number;
  /** From this time on, no token of an earlier generation can be renewed, so this no longer has to be stored. */
  keptUntil: number;
  /** When the operator last revoked everything. A `userToken` from before that time is invalid as well. 0 for never. */
  revokedAt: number;
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
    parts: readJson<MessagePart[]>(row["parts"]),
    createdAt: Number(row["created_at"]),
    ...(row["page_context"] === null ? {} : { pageContext: readJson<PageContext>(row["page_context"]) }),
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

/** Reads a message joined with its newest answer. */
export function readHistoryTurn(row: Row): HistoryTurn {
  const isRefusal = row["finish_reason"] === "refusal";
  return { question: readJson<MessagePart[]>(row["parts"]), answer: String(row["content"] ?? ""), isRefusal };
}

/** Reads the row of `token_generation`. */
export function readGeneration(row: Row): TokenGeneration {
  const [generation, keptUntil] = [Number(row["generation"]), Number(row["kept_until"])];
  return { generation, keptUntil, revokedAt: Number(row["revoked_at"]) };
}

/** Reads a row of `log` that holds frames. */
export function readBatch(row: Row): FrameBatch {
  return { firstSeq: Number(row["first_seq"]), lastSeq: Number(row["last_seq"]), frames: String(row["frames"]) };
}

/** Reads a row of `log` that announces a turn. */
export function readAnnouncement(row: Row): TurnStart {
  return readJson<TurnStart>(row["frames"]);
}

const statuses: readonly AnswerStatus[] = ["running", "complete", "aborted", "failed"];

function readStatus(value: SqlStorageValue | undefined): AnswerStatus {
  return statuses.find((status) => status === value) ?? "failed";
}

/** Reads a column that the store wrote itself, so its shape is known. */
function readJson<T>(value: SqlStorageValue | undefined): T {
  return JSON.parse(String(value)) as T;
}
