import type { AnswerStatus, ConversationSummary } from "../../protocol/index.ts";
import type { HistoryTurn } from "../prompt/history.ts";
import type { AnswerDetails, AnswerEnd, AnswerRecord } from "./answer.ts";
import { schema } from "./schema.ts";
import type { LogStorage, StoredBatch } from "./turn-log.ts";

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

/** A turn at its start: all that is written before its first event is sent. */
export interface TurnStart {
  conversation: { id: string; assistant: string; title: string };
  message: { id: string; content: string };
  answer: { id: string; details: AnswerDetails };
  /** Milliseconds since the epoch. */
  now: number;
}

type Row = Record<string, SqlStorageValue>;

/** One visitor's conversations in SQLite. Every method is synchronous, so each is one transaction by itself. */
export class VisitorStore implements LogStorage {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(schema);
  }

  conversation(id: string): ConversationRecord | undefined {
    const row = this.#row("SELECT * FROM conversation WHERE id = ?", id);
    if (!row) return undefined;
    return {
      id,
      assistant: String(row["assistant"]),
      title: String(row["title"]),
      createdAt: Number(row["created_at"]),
      updatedAt: Number(row["updated_at"]),
      isDeleted: row["deleted_at"] !== null,
    };
  }

  /** Conversations after the one with this time and id, newest first. */
  conversations(time: number, id: string, limit: number): ConversationSummary[] {
    const rows = this.#rows(
      `SELECT *, (SELECT count(*) FROM message WHERE conversation = c.id)
         + (SELECT count(DISTINCT message) FROM answer WHERE conversation = c.id) AS messages
       FROM conversation c WHERE deleted_at IS NULL AND (updated_at < ? OR (updated_at = ? AND id > ?))
       ORDER BY updated_at DESC, id LIMIT ?`,
      ...[time, time, id, limit],
    );
    return rows.map((row) => ({
      id: String(row["id"]),
      title: String(row["title"]),
      createdAt: Number(row["created_at"]),
      updatedAt: Number(row["updated_at"]),
      messageCount: Number(row["messages"]),
    }));
  }

  message(id: string): MessageRecord | undefined {
    const row = this.#row("SELECT * FROM message WHERE id = ?", id);
    return row && readMessage(row);
  }

  /** The newest `limit` user messages before a position, oldest first. */
  messages(conversation: string, beforePosition: number, limit: number): MessageRecord[] {
    const rows = this.#rows(
      "SELECT * FROM message WHERE conversation = ? AND position < ? ORDER BY position DESC LIMIT ?",
      conversation,
      beforePosition,
      limit,
    );
    return rows.map(readMessage).toReversed();
  }

  answer(id: string): AnswerRecord | undefined {
    const row = this.#row("SELECT * FROM answer WHERE id = ?", id);
    return row && readAnswer(row);
  }

  /** All answers to a user message, oldest first. */
  answersTo(conversation: string, message: string): AnswerRecord[] {
    return this.#rows(
      "SELECT * FROM answer WHERE conversation = ? AND message = ? ORDER BY version",
      conversation,
      message,
    ).map(readAnswer);
  }

  /** The answer that was begun last in a conversation. */
  lastAnswer(conversation: string): AnswerRecord | undefined {
    const row = this.#row(
      `SELECT answer.* FROM answer JOIN message ON message.id = answer.message
       WHERE answer.conversation = ? ORDER BY message.position DESC, answer.version DESC LIMIT 1`,
      conversation,
    );
    return row && readAnswer(row);
  }

  /** Answers that nothing is writing any more, though they say so: this object was ended in mid-turn. */
  runningAnswers(): AnswerRecord[] {
    return this.#rows("SELECT * FROM answer WHERE status = 'running'").map(readAnswer);
  }

  /** The newest `limit` turns of a conversation, oldest first, each with the newest of its answers. */
  history(conversation: string, limit: number): HistoryTurn[] {
    return this.messages(conversation, Number.MAX_SAFE_INTEGER, limit).map((message) => {
      const answer = this.answersTo(conversation, message.id).at(-1);
      return {
        userPrompt: message.content,
        answer: answer?.content ?? "",
        isRefusal: answer?.details.finishReason === "refusal",
      };
    });
  }

  /** Writes a turn's beginning: the conversation where it is new, the message, and the empty answer. */
  beginTurn({ conversation, message, answer, now }: TurnStart): void {
    this.#storage.transactionSync(() => {
      this.#run(
        `INSERT INTO conversation (id, assistant, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`,
        ...[conversation.id, conversation.assistant, conversation.title, now, now],
      );
      this.#run(
        `INSERT INTO message (conversation, position, id, content, created_at)
         SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ? FROM message WHERE conversation = ?`,
        ...[conversation.id, message.id, message.content, now, conversation.id],
      );
      this.#run(
        `INSERT INTO answer (id, conversation, message, version, created_at, status, content, details, reserved_seq, last_seq)
         SELECT ?, ?, ?, count(*) + 1, ?, 'running', '', ?, 0, 0 FROM answer WHERE conversation = ? AND message = ?`,
        ...[answer.id, conversation.id, message.id, now, JSON.stringify(answer.details), conversation.id, message.id],
      );
    });
  }

  /** Writes a turn's end. `now` in milliseconds since the epoch. */
  endTurn({ id, status, content, details, lastSeq }: AnswerEnd & { lastSeq: number }, now: number): void {
    this.#run(
      "UPDATE answer SET status = ?, content = ?, details = ?, ended_at = ?, last_seq = ? WHERE id = ?",
      ...[status, content, JSON.stringify(details), now, lastSeq, id],
    );
  }

  reserve(answer: string, seq: number): void {
    this.#run("UPDATE answer SET reserved_seq = ? WHERE id = ?", seq, answer);
  }

  append(answer: string, first: number, last: number, frames: string): void {
    this.#run("INSERT INTO log (answer, first_seq, last_seq, frames) VALUES (?, ?, ?, ?)", answer, first, last, frames);
  }

  /** The stored frames of an answer, in order. */
  batches(answer: string): StoredBatch[] {
    return this.#rows("SELECT * FROM log WHERE answer = ? ORDER BY first_seq", answer).map((row) => ({
      firstSeq: Number(row["first_seq"]),
      lastSeq: Number(row["last_seq"]),
      frames: String(row["frames"]),
    }));
  }

  /** Drops the logs of turns that ended before a time: nobody can follow them any more. */
  pruneLogs(endedBefore: number): void {
    this.#run(
      `DELETE FROM log WHERE answer IN
         (SELECT log.answer FROM log JOIN answer ON answer.id = log.answer WHERE answer.ended_at < ?)`,
      endedBefore,
    );
  }

  #rows(query: string, ...values: SqlStorageValue[]): Row[] {
    return this.#storage.sql.exec<Row>(query, ...values).toArray();
  }

  #row(query: string, ...values: SqlStorageValue[]): Row | undefined {
    return this.#rows(query, ...values)[0];
  }

  #run(query: string, ...values: SqlStorageValue[]): void {
    this.#storage.sql.exec(query, ...values);
  }
}

function readMessage(row: Row): MessageRecord {
  return {
    id: String(row["id"]),
    conversation: String(row["conversation"]),
    position: Number(row["position"]),
    content: String(row["content"]),
    createdAt: Number(row["created_at"]),
  };
}

function readAnswer(row: Row): AnswerRecord {
  const details: AnswerDetails = JSON.parse(String(row["details"]));
  return {
    id: String(row["id"]),
    conversation: String(row["conversation"]),
    message: String(row["message"]),
    version: Number(row["version"]),
    createdAt: Number(row["created_at"]),
    endedAt: row["ended_at"] === null ? null : Number(row["ended_at"]),
    status: readStatus(row["status"]),
    content: String(row["content"]),
    details,
    reservedSeq: Number(row["reserved_seq"]),
    lastSeq: Number(row["last_seq"]),
  };
}

const statuses: readonly AnswerStatus[] = ["running", "complete", "aborted", "failed"];

function readStatus(value: SqlStorageValue | undefined): AnswerStatus {
  return statuses.find((status) => status === value) ?? "failed";
}
