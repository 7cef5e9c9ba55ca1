import type { ConversationSummary, Feedback } from "../../protocol/index.ts";
import type { HistoryTurn } from "../prompt/history.ts";
import type { AnswerEnd, AnswerRecord } from "./answer.ts";
import {
  readAnnouncement,
  readAnswer,
  readConversation,
  readMessage,
  type ConversationRecord,
  type MessageRecord,
  type Row,
  type TurnStart,
} from "./records.ts";
import { schema } from "./schema.ts";
import { reserveStep, type LogStorage, type StoredBatch } from "./turn-log.ts";

/** Every row of the tables that hold conversations, to move them to another visitor. */
export type StoredRows = Record<(typeof movedTables)[number], Row[]>;

/** How many turns began in a period: the `period`th minute or day since the epoch. */
export type BegunCounts = Record<"minute" | "day", { period: number; count: number }>;

const movedTables = ["conversation", "message", "answer", "spent"] as const;

/**
 * A row of the log grows up to about so many UTF-16 units. Writing on in a row costs one written row; a row of its own for
 * every batch would cost a second one when it is taken away.
 */
const logRowChars = 32 * 1024;

/**
 * One visitor's conversations in SQLite. Every method is synchronous, so each is one transaction by itself.
 *
 * The tables are made by the first write: a visitor who never asks leaves nothing behind, not even empty tables.
 */
export class VisitorStore implements LogStorage {
  readonly #storage: DurableObjectStorage;
  #hasTables = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    const tables = storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'mark'").toArray();
    if (tables.length > 0) this.#makeTables();
  }

  /** Makes several writes one: all of them are kept, or none. */
  transaction(write: () => void): void {
    this.#storage.transactionSync(write);
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

  /** Writes down a turn that may come to nothing: readers do not meet it, but a crash leaves it to be found. */
  announceTurn(start: TurnStart): void {
    this.#makeTables();
    this.#run(
      "INSERT INTO log (answer, first_seq, last_seq, frames) VALUES (?, 1, 0, ?)",
      ...[start.answer.id, JSON.stringify(start)],
    );
  }

  /** Takes away what announces a turn. */
  withdrawTurn(answer: string): void {
    this.#run("DELETE FROM log WHERE answer = ? AND last_seq = 0", answer);
  }

  /** The turns that are announced. */
  announcedTurns(): TurnStart[] {
    return this.#rows("SELECT frames FROM log WHERE last_seq = 0").map(readAnnouncement);
  }

  /** Writes a turn's beginning: the conversation where it is new, the message where it is, and the empty answer. */
  beginTurn({ conversation, message, answer, now }: TurnStart): void {
    this.#makeTables();
    this.transaction(() => {
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
         SELECT ?, ?, ?, count(*) + 1, ?, 'running', '', ?, ?, 0 FROM answer WHERE conversation = ? AND message = ?`,
        ...[answer.id, conversation.id, message.id, now, JSON.stringify(answer.details), reserveStep],
        ...[conversation.id, message.id],
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
    const grown = this.#rows(
      `UPDATE log SET frames = iif(last_seq = 0, '', frames) || ?, last_seq = ?
       WHERE answer = ? AND last_seq = ? AND (last_seq = 0 OR length(frames) < ?) RETURNING first_seq`,
      ...[frames, last, answer, first - 1, logRowChars],
    );
    if (grown.length > 0) return;
    this.#run("INSERT INTO log (answer, first_seq, last_seq, frames) VALUES (?, ?, ?, ?)", answer, first, last, frames);
  }

  /** The stored frames of an answer, in order. */
  batches(answer: string): StoredBatch[] {
    const rows = this.#rows("SELECT * FROM log WHERE answer = ? AND last_seq > 0 ORDER BY first_seq", answer);
    return rows.map((row) => ({
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
    this.transaction(() => {
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

  /** Takes away the conversations, and the marks of deleted ones, that nobody touched since a time; none in mid-turn. */
  expire(untouchedSince: number): void {
    const running = "SELECT conversation FROM answer WHERE status = 'running'";
    const expired = `updated_at < ? AND id NOT IN (${running})`;
    this.transaction(() => {
      this.#empty(`conversation IN (SELECT id FROM conversation WHERE ${expired})`, untouchedSince);
      this.#run(`DELETE FROM conversation WHERE ${expired}`, untouchedSince);
    });
  }

  /**
   * Takes away everything, the tables and the object's alarm as well. What is written right after, before anything is
   * awaited, is kept together with it.
   */
  async destroy(): Promise<void> {
    this.#hasTables = false;
    await this.#storage.deleteAll();
  }

  /** Every row that makes up the conversations. */
  allRows(): StoredRows {
    const [conversation, message, answer, spent] = movedTables.map((table) => this.#rows(`SELECT * FROM ${table}`));
    return { conversation: conversation ?? [], message: message ?? [], answer: answer ?? [], spent: spent ?? [] };
  }

  /** Adds rows of another visitor's. What is here already stays as it is, and what was deleted here stays deleted. */
  addRows(rows: StoredRows): void {
    this.#makeTables();
    this.transaction(() => {
      for (const table of movedTables) {
        for (const row of rows[table]) {
          const columns = Object.keys(row);
          const places = columns.map(() => "?").join(", ");
          const values = Object.values(row);
          this.#run(`INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${places})`, ...values);
        }
      }
      this.#run("DELETE FROM answer WHERE message NOT IN (SELECT id FROM message)");
      this.#empty("conversation IN (SELECT id FROM conversation WHERE deleted_at IS NOT NULL)");
    });
  }

  /** When the conversation that was left alone the longest was touched; undefined where there is none. */
  oldestTouch(): number | undefined {
    return this.#time("SELECT min(updated_at) AS at FROM conversation");
  }

  /** When the first of the turns ended whose log is still kept. */
  oldestLog(): number | undefined {
    return this.#time("SELECT min(ended_at) AS at FROM answer WHERE id IN (SELECT answer FROM log)");
  }

  /** When the first of the turns began, or was announced, that are not over. */
  oldestRunning(): number | undefined {
    return this.#time(
      `SELECT min(at) AS at FROM (
         SELECT created_at AS at FROM answer WHERE status = 'running'
         UNION ALL SELECT frames ->> '$.now' FROM log WHERE last_seq = 0
       )`,
    );
  }

  /** Whether nothing is kept: no conversation, no trace of a deleted one, no announced turn, no mark. */
  isEmpty(): boolean {
    return this.oldestTouch() === undefined && this.oldestRunning() === undefined && this.mark() === undefined;
  }

  /** The generation of tokens that are good, and until when that must be known; undefined where all are. */
  mark(): { generation: number; keptUntil: number } | undefined {
    const row = this.#row("SELECT * FROM mark");
    return row && { generation: Number(row["generation"]), keptUntil: Number(row["kept_until"]) };
  }

  /** Writes the mark; undefined takes it away. */
  setMark(mark: { generation: number; keptUntil: number } | undefined): void {
    if (mark) this.#makeTables();
    this.transaction(() => {
      this.#run("DELETE FROM mark");
      if (mark) this.#run("INSERT INTO mark VALUES (?, ?)", mark.generation, mark.keptUntil);
    });
  }

  /** How many turns began in the last minute and on the last day in which any did. */
  turnCounts(): BegunCounts | undefined {
    const row = this.#row("SELECT * FROM begun");
    if (row === undefined) return undefined;
    const count = (period: string, turns: string) => ({ period: Number(row[period]), count: Number(row[turns]) });
    return { minute: count("minute", "in_minute"), day: count("day", "on_day") };
  }

  /** Writes how many turns began: one row for both, since a written row is what costs. */
  setTurnCounts({ minute, day }: BegunCounts): void {
    this.#run(
      "INSERT OR REPLACE INTO begun (id, minute, in_minute, day, on_day) VALUES (1, ?, ?, ?, ?)",
      ...[minute.period, minute.count, day.period, day.count],
    );
  }

  /** Takes away the messages, answers, logs and spent ids of the conversations that a condition names. */
  #empty(condition: string, ...values: SqlStorageValue[]): void {
    this.#run(`DELETE FROM log WHERE answer IN (SELECT id FROM answer WHERE ${condition})`, ...values);
    for (const table of ["answer", "message", "spent"]) this.#run(`DELETE FROM ${table} WHERE ${condition}`, ...values);
  }

  #makeTables(): void {
    if (!this.#hasTables) this.#storage.sql.exec(schema);
    this.#hasTables = true;
  }

  #time(query: string): number | undefined {
    const time = this.#row(query)?.["at"];
    return typeof time === "number" ? time : undefined;
  }

  #rows(query: string, ...values: SqlStorageValue[]): Row[] {
    if (!this.#hasTables) return [];
    return this.#storage.sql.exec<Row>(query, ...values).toArray();
  }

  #row(query: string, ...values: SqlStorageValue[]): Row | undefined {
    return this.#rows(query, ...values)[0];
  }

  #run(query: string, ...values: SqlStorageValue[]): void {
    if (this.#hasTables) this.#storage.sql.exec(query, ...values);
  }
}
