import type { AnswerStatus, ConversationSummary, Feedback } from "../../protocol/index.ts";
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
  /** A new message, in the place of the one at `replacesPosition` where that is given; or one that is there already. */
  message: { id: string; content: string; isNew: boolean; replacesPosition?: number };
  answer: { id: string; details: AnswerDetails };
  /** Milliseconds since the epoch. */
  now: number;
}

type Row = Record<string, SqlStorageValue>;

/** Every row of the tables that hold conversations, to move them to another visitor. */
export type StoredRows = Record<(typeof movedTables)[number], Row[]>;

const movedTables = ["conversation", "message", "answer", "spent"] as const;

/** One visitor's conversations in SQLite. Every method is synchronous, so each is one transaction by itself. */
export class VisitorStore implements LogStorage {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(schema);
  }

  conversation(id: string): ConversationRecord | undefined {
    const row = this.#row("SELECT * FROM conversation WHERE id = ?", id);
    return row && readConversation(row);
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

  /** The newest `limit` turns of a conversation before a position, oldest first, each with the newest of its answers. */
  history(conversation: string, beforePosition: number, limit: number): HistoryTurn[] {
    return this.messages(conversation, beforePosition, limit).map((message) => {
      const answer = this.answersTo(conversation, message.id).at(-1);
      return {
        userPrompt: message.content,
        answer: answer?.content ?? "",
        isRefusal: answer?.details.finishReason === "refusal",
      };
    });
  }

  /** Whether an edit took away a message of this id. */
  isSpent(id: string): boolean {
    return this.#row("SELECT id FROM spent WHERE id = ?", id) !== undefined;
  }

  /** Writes a turn's beginning: the conversation where it is new, the message where it is, and the empty answer. */
  beginTurn({ conversation, message, answer, now }: TurnStart): void {
    this.#storage.transactionSync(() => {
      this.#run(
        `INSERT INTO conversation (id, assistant, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`,
        ...[conversation.id, conversation.assistant, conversation.title, now, now],
      );
      if (message.replacesPosition !== undefined) this.#cut(conversation.id, message.replacesPosition);
      if (message.isNew) {
        this.#run(
          `INSERT INTO message (conversation, position, id, content, created_at)
           SELECT ?, coalesce(max(position), 0) + 1, ?, ?, ? FROM message WHERE conversation = ?`,
          ...[conversation.id, message.id, message.content, now, conversation.id],
        );
      }
      this.#run(
        `INSERT INTO answer (id, conversation, message, version, created_at, status, content, details, reserved_seq, last_seq)
         SELECT ?, ?, ?, count(*) + 1, ?, 'running', '', ?, 0, 0 FROM answer WHERE conversation = ? AND message = ?`,
        ...[answer.id, conversation.id, message.id, now, JSON.stringify(answer.details), conversation.id, message.id],
      );
    });
  }

  /** Takes a message and all after it out of a conversation. */
  #cut(conversation: string, position: number): void {
    const cut = "SELECT id FROM message WHERE conversation = ? AND position >= ?";
    const answers = `SELECT id FROM answer WHERE conversation = ? AND message IN (${cut})`;
    this.#run(`DELETE FROM log WHERE answer IN (${answers})`, conversation, conversation, position);
    this.#run(
      `DELETE FROM answer WHERE conversation = ? AND message IN (${cut})`,
      ...[conversation, conversation, position],
    );
    this.#run(
      `INSERT OR IGNORE INTO spent SELECT id, conversation FROM message WHERE id IN (${cut})`,
      conversation,
      position,
    );
    this.#run("DELETE FROM message WHERE conversation = ? AND position >= ?", conversation, position);
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

  /** Gives a conversation another title. */
  rename(conversation: string, title: string): void {
    this.#run("UPDATE conversation SET title = ? WHERE id = ?", title, conversation);
  }

  /** Takes all of a conversation away but a mark that it is gone: a late message must not open it again. */
  deleteConversation(id: string, now: number): void {
    this.#storage.transactionSync(() => {
      this.#empty("conversation = ?", id);
      this.#run("UPDATE conversation SET title = '', deleted_at = ?, updated_at = ? WHERE id = ?", now, now, id);
    });
  }

  /** Keeps what a visitor says of an answer; null takes it back. */
  rate(answer: string, feedback: Feedback | null): void {
    this.#run("UPDATE answer SET feedback = ? WHERE id = ?", feedback && JSON.stringify(feedback), answer);
  }

  /** Every conversation that is not deleted, oldest first. */
  allConversations(): ConversationRecord[] {
    return this.#rows("SELECT * FROM conversation WHERE deleted_at IS NULL ORDER BY created_at").map(readConversation);
  }

  /** Drops the logs of turns that ended before a time: nobody can follow them any more. */
  pruneLogs(endedBefore: number): void {
    this.#run(
      `DELETE FROM log WHERE answer IN
         (SELECT log.answer FROM log JOIN answer ON answer.id = log.answer WHERE answer.ended_at < ?)`,
      endedBefore,
    );
  }

  /** Takes away the conversations, and the marks of deleted ones, that nobody touched since a time. */
  expire(untouchedSince: number): void {
    this.#storage.transactionSync(() => {
      this.#empty("conversation IN (SELECT id FROM conversation WHERE updated_at < ?)", untouchedSince);
      this.#run("DELETE FROM conversation WHERE updated_at < ?", untouchedSince);
    });
  }

  /** Takes away everything but the mark. */
  clear(): void {
    this.#storage.transactionSync(() => {
      this.#empty("true");
      this.#run("DELETE FROM conversation");
      this.#run("DELETE FROM pace");
    });
  }

  /** Every row that makes up the conversations. */
  allRows(): StoredRows {
    const [conversation, message, answer, spent] = movedTables.map((table) => this.#rows(`SELECT * FROM ${table}`));
    return { conversation: conversation ?? [], message: message ?? [], answer: answer ?? [], spent: spent ?? [] };
  }

  /** Adds rows of another visitor's; those that are here already stay as they are. */
  addRows(rows: StoredRows): void {
    this.#storage.transactionSync(() => {
      for (const table of movedTables) {
        for (const row of rows[table]) {
          const columns = Object.keys(row);
          const places = columns.map(() => "?").join(", ");
          const values = Object.values(row);
          this.#run(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${places})`, ...values);
        }
      }
    });
  }

  /** When the conversation that was left alone the longest was touched; undefined where there is none. */
  oldestTouch(): number | undefined {
    const oldest = this.#row("SELECT min(updated_at) AS at FROM conversation")?.["at"];
    return typeof oldest === "number" ? oldest : undefined;
  }

  /** When the first of the turns ended whose log is still kept. */
  oldestLog(): number | undefined {
    const query = "SELECT min(ended_at) AS at FROM answer WHERE id IN (SELECT answer FROM log)";
    const oldest = this.#row(query)?.["at"];
    return typeof oldest === "number" ? oldest : undefined;
  }

  /** The generation of tokens that are good, and until when that must be known; undefined where all are. */
  mark(): { generation: number; keptUntil: number } | undefined {
    const row = this.#row("SELECT * FROM mark");
    return row && { generation: Number(row["generation"]), keptUntil: Number(row["kept_until"]) };
  }

  /** Writes the mark; undefined takes it away. */
  setMark(mark: { generation: number; keptUntil: number } | undefined): void {
    this.#storage.transactionSync(() => {
      this.#run("DELETE FROM mark");
      if (mark) this.#run("INSERT INTO mark VALUES (?, ?)", mark.generation, mark.keptUntil);
    });
  }

  /** How many turns began in a period, the `period`th of its length in milliseconds. */
  turns(unitMs: number, period: number): number {
    return Number(this.#row("SELECT count FROM pace WHERE unit_ms = ? AND period = ?", unitMs, period)?.["count"] ?? 0);
  }

  /** Counts a turn in. */
  countTurn(unitMs: number, period: number): void {
    const count = this.turns(unitMs, period) + 1;
    this.#run("INSERT OR REPLACE INTO pace (unit_ms, period, count) VALUES (?, ?, ?)", unitMs, period, count);
  }

  /** Takes away the messages, answers, logs and spent ids of the conversations that a condition names. */
  #empty(condition: string, ...values: SqlStorageValue[]): void {
    this.#run(`DELETE FROM log WHERE answer IN (SELECT id FROM answer WHERE ${condition})`, ...values);
    for (const table of ["answer", "message", "spent"]) this.#run(`DELETE FROM ${table} WHERE ${condition}`, ...values);
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

function readConversation(row: Row): ConversationRecord {
  return {
    id: String(row["id"]),
    assistant: String(row["assistant"]),
    title: String(row["title"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
    isDeleted: row["deleted_at"] !== null,
  };
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

const statuses: readonly AnswerStatus[] = ["running", "complete", "aborted", "failed"];

function readStatus(value: SqlStorageValue | undefined): AnswerStatus {
  return statuses.find((status) => status === value) ?? "failed";
}

/** Reads a column that this class wrote itself, so that its shape is known. */
function readJson<T>(value: SqlStorageValue | undefined): T {
  return JSON.parse(String(value)) as T;
}
