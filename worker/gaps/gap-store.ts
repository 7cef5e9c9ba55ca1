import { isMissingTable } from "../context/full-text/database-errors.ts";
import { rowsOf, sqlOn, type DocumentsDatabase, type Sql, type Statement } from "../context/full-text/sql.ts";
import { maxQuestionChars, maxQuestions, type Gap, type KeptQuestion } from "./gap.ts";

/** Keeps one visitor's unanswered questions in D1. */
export class GapStore {
  readonly #database: DocumentsDatabase;
  readonly #sql: Sql;
  readonly #visitor: string;
  readonly #visitors: string;

  /**
   * @param hashes all hashes of the visitor. New questions are kept under the first one; earlier questions may be under
   *   any of them
   */
  constructor(database: DocumentsDatabase, hashes: readonly [string, ...string[]]) {
    this.#database = database;
    this.#sql = sqlOn(database);
    this.#visitor = hashes[0];
    this.#visitors = JSON.stringify(hashes);
  }

  /**
   * Keeps a question, unless it is kept already for the same reason. Then removes the assistant's questions that were
   * asked before `expiredBefore`, in milliseconds since the epoch. If the assistant still has more than
   * {@link maxQuestions}, its oldest questions are removed too.
   * @throws Error if the database cannot be written
   */
  async keep(assistant: string, gap: Gap & KeptQuestion, expiredBefore: number): Promise<void> {
    const sql = this.#sql;
    const question = gap.question.trim().slice(0, maxQuestionChars).toWellFormed();
    await this.#database.batch([
      sql`
        INSERT INTO unanswered_questions (visitor, message, reason, assistant, question, asked_at)
        VALUES (${this.#visitor}, ${gap.message}, ${gap.reason}, ${assistant}, ${question}, ${gap.askedAt})
        ON CONFLICT DO NOTHING`,
      sql`DELETE FROM unanswered_questions WHERE assistant = ${assistant} AND asked_at < ${expiredBefore}`,
      sql`
        DELETE FROM unanswered_questions WHERE (visitor, message, reason) IN (
          SELECT visitor, message, reason FROM unanswered_questions WHERE assistant = ${assistant}
          ORDER BY asked_at DESC LIMIT -1 OFFSET ${maxQuestions})`,
    ]);
  }

  /**
   * Removes the visitor's questions, except the given ones. If there is no table yet, there is nothing to remove.
   * @throws Error if the database cannot be written
   */
  async removeExcept(gaps: readonly Gap[]): Promise<void> {
    await this.#runIfMade(this.#sql`
      DELETE FROM unanswered_questions WHERE visitor IN (SELECT value FROM json_each(${this.#visitors}))
      AND (message, reason) NOT IN (
        SELECT value ->> 'message', value ->> 'reason' FROM json_each(${JSON.stringify(gaps)}))`);
  }

  /**
   * Assigns the given questions to the visitor, who asked them before signing in.
   * @throws Error if the database cannot be written
   */
  async takeOver(gaps: readonly Gap[]): Promise<void> {
    await this.#runIfMade(this.#sql`
      UPDATE OR REPLACE unanswered_questions SET visitor = ${this.#visitor}
      WHERE visitor <> ${this.#visitor} AND (message, reason) IN (
        SELECT value ->> 'message', value ->> 'reason' FROM json_each(${JSON.stringify(gaps)}))`);
  }

  /**
   * The visitor's questions, oldest first; an empty list if there is no table yet.
   * @throws Error if the database cannot be read
   */
  async list(): Promise<KeptQuestion[]> {
    return this.#runIfMade<KeptQuestion>(this.#sql`
      SELECT question, asked_at AS askedAt, reason FROM unanswered_questions
      WHERE visitor IN (SELECT value FROM json_each(${this.#visitors})) ORDER BY asked_at`);
  }

  async #runIfMade<Row>(statement: Statement): Promise<Row[]> {
    try {
      const [result] = await this.#database.batch([statement]);
      return rowsOf<Row>(result);
    } catch (error) {
      if (isMissingTable(error)) return [];
      throw error;
    }
  }
}
