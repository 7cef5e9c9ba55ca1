import { rowsOf, sqlOn, type DocumentsDatabase } from "../../../worker/context/full-text/sql.ts";
import type { GapReason } from "../../../worker/gaps/gap.ts";
import { cleanText } from "../../../worker/prompt/clean.ts";

/** A question that a visitor asked, and why it is kept. */
export interface AskedQuestion {
  /** The text on one line. It is untrusted: characters that a terminal would interpret are removed. */
  question: string;
  /** Milliseconds since the epoch. */
  askedAt: number;
  reasons: readonly GapReason[];
}

/**
 * Reads the kept questions of an assistant, newest first.
 * @param since milliseconds since the epoch
 */
export async function readQuestions(
  database: DocumentsDatabase,
  assistant: string,
  since: number,
): Promise<AskedQuestion[]> {
  const sql = sqlOn(database);
  const [result] = await database.batch([
    sql`
      SELECT question, max(asked_at) AS askedAt, group_concat(reason) AS reasons FROM unanswered_questions
      WHERE assistant = ${assistant} AND asked_at >= ${since}
      GROUP BY visitor, message ORDER BY askedAt DESC`,
  ]);
  return rowsOf<{ question: string; askedAt: number; reasons: string }>(result).map((row) => ({
    question: cleanText(row.question).replaceAll(/\s+/g, " "),
    askedAt: row.askedAt,
    reasons: row.reasons.split(",").map((reason) => (reason === "rated_down" ? "rated_down" : "nothing_found")),
  }));
}
