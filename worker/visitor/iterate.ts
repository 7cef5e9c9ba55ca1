import type { Row, Sql } from "../storage/sql.ts";
import type { AnswerRecord } from "../turn/answer.ts";
import { readAnswer, readMessage, type MessageRecord } from "./records.ts";

// A conversation can be larger than the memory of an object, so these functions read it row by row. They see each row
// as it is when they reach it, even if it was written or removed after they began.

/** The user messages of a conversation, oldest first. */
export function* messagesOf(sql: Sql, conversation: string): Generator<MessageRecord, void> {
  for (let position = 0; ;) {
    const row = sql`
      SELECT * FROM message WHERE conversation = ${conversation} AND position > ${position} ORDER BY position LIMIT 1`[0];
    if (row === undefined) return;
    const message = readMessage(row);
    yield message;
    ({ position } = message);
  }
}

/** The answers to a user message, oldest first. */
export function* answersTo(sql: Sql, conversation: string, message: string): Generator<AnswerRecord, void> {
  const after = (version: number) => sql`
    SELECT * FROM answer WHERE conversation = ${conversation} AND message = ${message} AND version > ${version}
    ORDER BY version LIMIT 1`;
  yield* answersFrom(after, 0);
}

/** The answers to a user message, newest first. */
export function* newestAnswersTo(sql: Sql, conversation: string, message: string): Generator<AnswerRecord, void> {
  const before = (version: number) => sql`
    SELECT * FROM answer WHERE conversation = ${conversation} AND message = ${message} AND version < ${version}
    ORDER BY version DESC LIMIT 1`;
  yield* answersFrom(before, Number.MAX_SAFE_INTEGER);
}

function* answersFrom(next: (version: number) => Row[], start: number): Generator<AnswerRecord, void> {
  for (let version = start; ;) {
    const [row] = next(version);
    if (row === undefined) return;
    const answer = readAnswer(row);
    yield answer;
    ({ version } = answer);
  }
}
