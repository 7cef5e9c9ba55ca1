import type { ConversationSummary, Feedback } from "../../protocol/index.ts";
import type { Gap } from "../gaps/gap.ts";
import type { HistoryTurn } from "../prompt/history.ts";
import { makeTables, migrate } from "../storage/migrations.ts";
import { sqlOn, type Row, type Sql } from "../storage/sql.ts";
import type { AnswerEnd, AnswerRecord } from "../turn/answer.ts";
import type { FrameBatch } from "../turn/frames.ts";
import { reserveStep } from "../turn/turn-storage.ts";
import { GapDebt, readGaps } from "./gap-marks.ts";
import { HandoverMarks } from "./handover-marks.ts";
import { answersTo, messagesOf, newestAnswersTo } from "./iterate.ts";
import { insertRows, readRowAfter, type MovedRow, type MovedTable } from "./moved-rows.ts";
import {
  readAnnouncement,
  readAnswer,
  readBatch,
  readConversation,
  readGeneration,
  readHistoryTurn,
  readMessage,
  type ConversationRecord,
  type MessageRecord,
  type TokenGeneration,
  type TurnStart,
} from "./records.ts";
import { visitorSchema } from "./schema.ts";
import { periodsOf, type TurnCounts, type TurnPeriods } from "./turn-periods.ts";

/**
 * A row of the log grows up to about this many UTF-16 units. Appending to a row costs one written row; a new row per
 * batch would cost a second written row when it is removed.
 */
const logRowChars = 32 * 1024;

/**
 * One visitor's conversations in SQLite. Every method but `destroy` is synchronous, so each of them is one transaction.
 *
 * The first write to a table creates all tables: a visitor who only opens the chat leaves nothing behind, not even
 * empty tables.
 */
export class VisitorStore {
  readonly #storage: DurableObjectStorage;
  readonly #run: Sql;
  /** Records whether questions must still be removed from D1, where the operator reads them. */
  readonly gapDebt: GapDebt;
  /** Which messages to a person were delivered. */
  readonly handovers: HandoverMarks;
  #hasTables: boolean;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#run = sqlOn(storage);
    this.gapDebt = new GapDebt(storage);
    this.handovers = new HandoverMarks(storage);
    this.#hasTables = this.#run`SELECT name FROM sqlite_master WHERE name = 'conversation'`.length > 0;
    if (this.#hasTables) migrate(storage, visitorSchema);
  }

  /** Whether there are no tables yet. Until then, the only thing that can be stored is marks of delivered messages. */
  get isNew(): boolean {
    return !this.#hasTables;
  }

  /** Runs several writes as one: all of them are stored, or none. */
  transaction(write: () => void): void {
    this.#storage.transactionSync(write);
  }

  conversation(id: string): ConversationRecord | undefined {
    return this.#sql`SELECT * FROM conversation WHERE id = ${id}`.map(readConversation)[0];
  }

  /** The conversations that follow the one with this time and id, newest first, at most `limit`. */
  conversations(time: number, id: string, limit: number): ConversationSummary[] {
    const rows = this.#sql`
      SELECT *, (SELECT count(*) FROM message WHERE conversation = c.id)
        + (SELECT count(DISTINCT message) FROM answer WHERE conversation = c.id) AS messages
      FROM conversation c
      WHERE deleted_at IS NULL AND (updated_at < ${time} OR (updated_at = ${time} AND id > ${id}))
      ORDER BY updated_at DESC, id LIMIT ${limit}`;
    return rows.map((row) => ({
      id: String(row["id"]),
      title: String(row["title"]),
      createdAt: Number(row["created_at"]),
      updatedAt: Number(row["updated_at"]),
      messageCount: Number(row["messages"]),
    }));
  }

  /** Every conversation that is not deleted, oldest first. */
  allConversations(): ConversationRecord[] {
    return this.#sql`SELECT * FROM conversation WHERE deleted_at IS NULL ORDER BY created_at`.map(readConversation);
  }

  message(id: string): MessageRecord | undefined {
    return this.#sql`SELECT * FROM message WHERE id = ${id}`.map(readMessage)[0];
  }

  /** The newest `limit` user messages before a position, oldest first. */
  messages(conversation: string, beforePosition: number, limit: number): MessageRecord[] {
    const rows = this.#sql`
      SELECT * FROM message WHERE conversation = ${conversation} AND position < ${beforePosition}
      ORDER BY position DESC LIMIT ${limit}`;
    return rows.map(readMessage).toReversed();
  }

  answer(id: string): AnswerRecord | undefined {
    return this.#sql`SELECT * FROM answer WHERE id = ${id}`.map(readAnswer)[0];
  }

  /** All user messages of a conversation, oldest first, read one by one. */
  messagesOf(conversation: string): Iterable<MessageRecord> {
    return messagesOf(this.#sql, conversation);
  }

  /** All answers to a user message, oldest first, read one by one. */
  answersTo(conversation: string, message: string): Iterable<AnswerRecord> {
    return answersTo(this.#sql, conversation, message);
  }

  /** All answers to a user message, newest first, read one by one. */
  newestAnswersTo(conversation: string, message: string): Iterable<AnswerRecord> {
    return newestAnswersTo(this.#sql, conversation, message);
  }

  /** The newest answer to the last answered message of a conversation. */
  lastAnswer(conversation: string): AnswerRecord | undefined {
    const rows = this.#sql`
      SELECT answer.* FROM answer JOIN message ON message.id = answer.message
      WHERE answer.conversation = ${conversation} ORDER BY message.position DESC, answer.version DESC LIMIT 1`;
    return rows.map(readAnswer)[0];
  }

  /** Answers that are marked as running. When an object starts, these are the turns that a crash broke. */
  runningAnswers(): AnswerRecord[] {
    return this.#sql`SELECT * FROM answer WHERE status = 'running'`.map(readAnswer);
  }

  /**
   * The turns of a conversation from `fromPosition` up to, but not including, `beforePosition`, oldest first, each with
   * the newest of its answers.
   */
  history(conversation: string, fromPosition: number, beforePosition: number): HistoryTurn[] {
    const rows = this.#sql`
      SELECT parts, content, details ->> '$.finishReason' AS finish_reason
      FROM message LEFT JOIN answer
        ON answer.conversation = message.conversation AND answer.message = message.id AND version = (
          SELECT max(version) FROM answer WHERE conversation = message.conversation AND message = message.id)
      WHERE message.conversation = ${conversation} AND position >= ${fromPosition} AND position < ${beforePosition}
      ORDER BY position`;
    return rows.map(readHistoryTurn);
  }

  /** Whether an edit replaced a message of this id. */
  isReplaced(id: string): boolean {
    return this.#sql`SELECT id FROM replaced_message WHERE id = ${id}`.length > 0;
  }

  /** Records a turn that may still be refused: readers do not see it, but it is found after a crash. */
  announceTurn(start: TurnStart): void {
    this.#makeTables();
    const { id } = start.answer;
    this.#sql`INSERT INTO log (answer, first_seq, last_seq, frames) VALUES (${id}, 1, 0, ${JSON.stringify(start)})`;
  }

  /** Removes a turn's announcement. */
  withdrawTurn(answer: string): void {
    this.#sql`DELETE FROM log WHERE answer = ${answer} AND last_seq = 0`;
  }

  /** The turns that are announced and have not begun. */
  announcedTurns(): TurnStart[] {
    return this.#sql`SELECT frames FROM log WHERE last_seq = 0`.map(readAnnouncement);
  }

  /**
   * Stores a turn's beginning: the conversation and the message if they are new, and the empty answer. It also counts
   * the turn. Call it within a transaction.
   */
  beginTurn({ conversation: { id: conversation, assistant, title }, message, answer, now }: TurnStart): void {
    this.#makeTables();
    const { minute, day } = periodsOf(now);
    this.#sql`
      INSERT INTO conversation (id, assistant, title, created_at, updated_at, minute, turns_in_minute, day, turns_on_day)
      VALUES (${conversation}, ${assistant}, ${title}, ${now}, ${now}, ${minute}, 1, ${day}, 1)
      ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at,
        minute = excluded.minute, turns_in_minute = iif(minute = excluded.minute, turns_in_minute, 0) + 1,
        day = excluded.day, turns_on_day = iif(day = excluded.day, turns_on_day, 0) + 1`;
    if (message.replacesPosition !== undefined) this.#replaceFrom(conversation, message.replacesPosition);
    if (message.isNew) {
      this.#sql`
        INSERT INTO message (conversation, position, id, parts, created_at, page_context)
        SELECT ${conversation}, coalesce(max(position), 0) + 1, ${message.id}, ${JSON.stringify(message.parts)}, ${now},
          ${message.pageContext === undefined ? null : JSON.stringify(message.pageContext)}
        FROM message WHERE conversation = ${conversation}`;
    }
    const details = JSON.stringify(answer.details);
    this.#sql`
      INSERT INTO answer
        (id, conversation, message, version, created_at, status, content, details, reserved_seq, last_seq)
      SELECT
        ${answer.id}, ${conversation}, ${message.id}, count(*) + 1, ${now}, 'running', '', ${details}, ${reserveStep}, 0
      FROM answer WHERE conversation = ${conversation} AND message = ${message.id}`;
  }

  /** Removes a message and everything after it from a conversation. */
  #replaceFrom(conversation: string, position: number): void {
    this.#sql`
      DELETE FROM log WHERE answer IN (
        SELECT id FROM answer WHERE conversation = ${conversation} AND message IN (
          SELECT id FROM message WHERE conversation = ${conversation} AND position >= ${position}))`;
    this.#sql`
      DELETE FROM answer WHERE conversation = ${conversation} AND message IN (
        SELECT id FROM message WHERE conversation = ${conversation} AND position >= ${position})`;
    this.#sql`
      INSERT OR IGNORE INTO replaced_message
      SELECT id, conversation FROM message WHERE conversation = ${conversation} AND position >= ${position}`;
    this.#sql`DELETE FROM message WHERE conversation = ${conversation} AND position >= ${position}`;
  }

  /** Stores an answer's end. `now` in milliseconds since the epoch. */
  endAnswer(end: AnswerEnd & { lastSeq: number }, { conversation, message }: AnswerPlace, now: number): void {
    const { id, status, content, details, lastSeq } = end;
    this.#sql`
      UPDATE answer SET status = ${status}, content = ${content}, details = ${JSON.stringify(details)},
        ended_at = ${now}, last_seq = ${lastSeq}
      WHERE conversation = ${conversation} AND message = ${message} AND id = ${id}`;
  }

  /** Reserves the numbers of an answer's events up to `seq`. */
  reserve(answer: string, { conversation, message }: AnswerPlace, seq: number): void {
    this.#sql`
      UPDATE answer SET reserved_seq = ${seq}
      WHERE conversation = ${conversation} AND message = ${message} AND id = ${answer}`;
  }

  /** Stores frames that follow the stored frames of an answer. */
  append(answer: string, { firstSeq, lastSeq, frames }: FrameBatch): void {
    const grown = this.#sql`
      UPDATE log SET frames = iif(last_seq = 0, '', frames) || ${frames}, last_seq = ${lastSeq}
      WHERE answer = ${answer} AND last_seq = ${firstSeq - 1} AND (last_seq = 0 OR length(frames) < ${logRowChars})
      RETURNING first_seq`;
    if (grown.length > 0) return;
    this.#sql`
      INSERT INTO log (answer, first_seq, last_seq, frames) VALUES (${answer}, ${firstSeq}, ${lastSeq}, ${frames})`;
  }

  /** The stored frames of an answer, in order. */
  batches(answer: string): FrameBatch[] {
    return this.#sql`SELECT * FROM log WHERE answer = ${answer} AND last_seq > 0 ORDER BY first_seq`.map(readBatch);
  }

  /** The stored row with an answer's first frame after number `seq`; undefined if there is none. */
  batchAfter(answer: string, seq: number): FrameBatch | undefined {
    const rows = this.#sql`
      SELECT * FROM log WHERE answer = ${answer} AND last_seq > ${seq} ORDER BY first_seq LIMIT 1`;
    return rows.map(readBatch)[0];
  }

  /** Gives a conversation another title. */
  rename(conversation: string, title: string): void {
    this.#sql`UPDATE conversation SET title = ${title} WHERE id = ${conversation}`;
  }

  /** Empties a conversation, but keeps a mark that it was deleted, so that a late message does not open it again. */
  deleteConversation(id: string, now: number): void {
    this.transaction(() => {
      this.#emptyConversation(id);
      this.#sql`UPDATE conversation SET title = '', deleted_at = ${now}, updated_at = ${now} WHERE id = ${id}`;
    });
  }

  /** Stores a visitor's rating of an answer; null takes it back. */
  rate(answer: string, feedback: Feedback | null): void {
    this.#sql`UPDATE answer SET feedback = ${feedback && JSON.stringify(feedback)} WHERE id = ${answer}`;
  }

  /** The questions that count as unanswered and whose answers are still stored here. */
  gaps(): Gap[] {
    return readGaps(this.#sql);
  }

  /** Removes the logs of turns that ended before a time: nobody can follow them any longer. */
  pruneLogs(endedBefore: number): void {
    this.#sql`
      DELETE FROM log WHERE answer IN (
        SELECT log.answer FROM log JOIN answer ON answer.id = log.answer WHERE answer.ended_at < ${endedBefore})`;
  }

  /**
   * Removes the conversations, and the marks of deleted ones, that have not changed since a time, except those with a
   * running turn.
   */
  expire(unchangedSince: number): void {
    this.transaction(() => {
      const expired = this.#sql`
        SELECT id FROM conversation WHERE updated_at < ${unchangedSince}
        AND id NOT IN (SELECT conversation FROM answer WHERE status = 'running')`;
      for (const { id } of expired) {
        this.#emptyConversation(String(id));
        this.#sql`DELETE FROM conversation WHERE id = ${id}`;
      }
    });
  }

  /**
   * Removes everything, including the tables and the object's alarm. What is written right after the call, before
   * anything is awaited, is stored together with the removal.
   */
  async destroy(): Promise<void> {
    this.#hasTables = false;
    await this.#storage.deleteAll();
  }

  /** Reads the row that follows `row` in primary-key order, or the table's first row if `row` is omitted. */
  rowAfter(table: MovedTable, row?: Row): Row | undefined {
    return this.#hasTables ? readRowAfter(this.#storage, table, row) : undefined;
  }

  /** Adds rows of another visitor. Rows that exist here stay unchanged. Call `settleRows` after the last rows. */
  addRows(rows: readonly MovedRow[]): void {
    this.#makeTables();
    this.transaction(() => insertRows(this.#storage, rows));
  }

  /**
   * Removes what was added to a conversation that had been deleted here, and the answers to messages that were not
   * added.
   */
  settleRows(): void {
    this.transaction(() => {
      this.#sql`DELETE FROM answer WHERE message NOT IN (SELECT id FROM message)`;
      const deleted = this.#sql`SELECT id FROM conversation WHERE deleted_at IS NOT NULL`;
      for (const { id } of deleted) this.#emptyConversation(String(id));
    });
  }

  /**
   * The earliest time of the last change among all conversations, including deleted ones, in milliseconds since the
   * epoch. Undefined if there are no conversations.
   */
  oldestChange(): number | undefined {
    return timeIn(this.#sql`SELECT min(updated_at) AS at FROM conversation`);
  }

  /** The earliest end of a turn whose log is still stored. */
  oldestLog(): number | undefined {
    return timeIn(this.#sql`SELECT min(ended_at) AS at FROM answer WHERE id IN (SELECT answer FROM log)`);
  }

  /** The earliest start or announcement of a turn that has not ended. */
  oldestRunning(): number | undefined {
    const rows = this.#sql`
      SELECT min(at) AS at FROM (
        SELECT created_at AS at FROM answer WHERE status = 'running'
        UNION ALL SELECT frames ->> '$.now' FROM log WHERE last_seq = 0)`;
    return timeIn(rows);
  }

  /**
   * Whether nothing is stored: no conversation, no mark of a deleted one, no announced turn, no generation of tokens,
   * no mark of a message to a person, and no record that questions must be removed from D1.
   */
  isEmpty(): boolean {
    const isUnused = this.oldestChange() === undefined && this.oldestRunning() === undefined;
    const isOwed = this.gapDebt.dueAt !== undefined || this.handovers.all().length > 0;
    return isUnused && this.tokenGeneration() === undefined && !isOwed;
  }

  /**
   * The generation whose tokens are valid. Undefined if no token has been invalidated, or if no invalidated token can
   * be renewed any longer.
   */
  tokenGeneration(): TokenGeneration | undefined {
    return this.#sql`SELECT * FROM token_generation`.map(readGeneration)[0];
  }

  /** Stores the generation of valid tokens; undefined removes it. */
  setTokenGeneration(next: TokenGeneration | undefined): void {
    if (next) this.#makeTables();
    this.transaction(() => {
      this.#sql`DELETE FROM token_generation`;
      if (!next) return;
      const { generation, keptUntil, revokedAt } = next;
      this.#sql`
        INSERT INTO token_generation (generation, kept_until, revoked_at)
        VALUES (${generation}, ${keptUntil}, ${revokedAt})`;
    });
  }

  /** How many turns began in a minute and on a day. */
  turnCounts({ minute, day }: TurnPeriods): TurnCounts {
    const [row] = this.#sql`
      SELECT sum(iif(minute = ${minute}, turns_in_minute, 0)) AS in_minute,
        sum(iif(day = ${day}, turns_on_day, 0)) AS on_day
      FROM conversation`;
    return { inMinute: Number(row?.["in_minute"] ?? 0), onDay: Number(row?.["on_day"] ?? 0) };
  }

  /** Removes the messages, answers, logs and replaced ids of a conversation. */
  #emptyConversation(id: string): void {
    this.#sql`DELETE FROM log WHERE answer IN (SELECT id FROM answer WHERE conversation = ${id})`;
    this.#sql`DELETE FROM answer WHERE conversation = ${id}`;
    this.#sql`DELETE FROM message WHERE conversation = ${id}`;
    this.#sql`DELETE FROM replaced_message WHERE conversation = ${id}`;
  }

  #makeTables(): void {
    if (!this.#hasTables) makeTables(this.#storage, visitorSchema);
    this.#hasTables = true;
  }

  /** Without tables there is nothing to find and nothing to change. */
  // oxlint-disable-next-line no-unused-private-class-members -- it is used as a tag
  readonly #sql: Sql = (statement, ...values) => (this.#hasTables ? this.#run(statement, ...values) : []);
}

/** Where an answer belongs: the ids of its conversation and its user message. */
export interface AnswerPlace {
  conversation: string;
  message: string;
}

function timeIn(rows: readonly Row[]): number | undefined {
  const time = rows[0]?.["at"];
  return typeof time === "number" ? time : undefined;
}
