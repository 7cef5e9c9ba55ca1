import type { DatabaseSync } from "node:sqlite";

/** The tables of a visitor's object as version 1 created them. */
const tables = `
CREATE TABLE conversation (
  id TEXT PRIMARY KEY, assistant TEXT NOT NULL, title TEXT NOT NULL, created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL, deleted_at INTEGER
) WITHOUT ROWID;
CREATE TABLE message (
  conversation TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, content TEXT NOT NULL,
  created_at INTEGER NOT NULL, PRIMARY KEY (conversation, position)
) WITHOUT ROWID;
CREATE TABLE answer (
  id TEXT PRIMARY KEY, conversation TEXT NOT NULL, message TEXT NOT NULL, version INTEGER NOT NULL,
  created_at INTEGER NOT NULL, ended_at INTEGER, status TEXT NOT NULL, content TEXT NOT NULL, details TEXT NOT NULL,
  feedback TEXT, reserved_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX answer_by_message ON answer (conversation, message, version);
CREATE TABLE log (
  answer TEXT NOT NULL, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL, frames TEXT NOT NULL,
  PRIMARY KEY (answer, first_seq)
) WITHOUT ROWID;
CREATE TABLE spent (id TEXT PRIMARY KEY, conversation TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE begun (
  id INTEGER PRIMARY KEY, minute INTEGER NOT NULL, in_minute INTEGER NOT NULL, day INTEGER NOT NULL,
  on_day INTEGER NOT NULL
);
CREATE TABLE mark (generation INTEGER NOT NULL, kept_until INTEGER NOT NULL);
`;

/** A turn that was announced when the version 1 object ended. */
export interface AnnouncedTurn {
  conversation: string;
  message: string;
  userPrompt: string;
  answer: string;
}

/**
 * Turns the tables of a visitor's object back into those of version 1, as a deployed object of that version left them:
 * its conversations, an announced turn, an id that an edit replaced, and a token generation.
 * @param replaced the id of a message that an edit replaced
 */
export function toVersion1(database: DatabaseSync, turn: AnnouncedTurn, replaced: string): void {
  for (const table of ["conversation", "message", "answer", "log"]) {
    database.exec(`ALTER TABLE ${table} RENAME TO newer_${table}`);
  }
  for (const table of ["replaced_message", "token_generation"]) database.exec(`DROP TABLE ${table}`);
  database.exec("DROP VIEW IF EXISTS schema_version");
  database.exec(tables);
  database.exec(`
    INSERT INTO conversation SELECT id, assistant, title, created_at, updated_at, deleted_at FROM newer_conversation;
    INSERT INTO message SELECT conversation, position, id, parts ->> '$[0].text', created_at FROM newer_message;
    INSERT INTO answer SELECT id, conversation, message, version, created_at, ended_at, status, content, details, feedback,
      reserved_seq, last_seq FROM newer_answer;
    INSERT INTO log SELECT * FROM newer_log;
    INSERT INTO begun SELECT 1, max(minute), sum(turns_in_minute), max(day), sum(turns_on_day) FROM newer_conversation
      HAVING count(*) > 0;
    INSERT INTO mark VALUES (0, ${Date.now() + 1_000_000});
  `);
  const now = Date.now();
  const start = {
    conversation: { id: turn.conversation, assistant: "plain", title: "Announced" },
    message: { id: turn.message, content: turn.userPrompt, isNew: true },
    answer: {
      id: turn.answer,
      details: { requestId: "r", estimatedInputTokens: 1, citations: [], sources: [], warnings: [] },
    },
    now,
  };
  database.prepare("INSERT INTO log VALUES (?, 1, 0, ?)").run(turn.answer, JSON.stringify(start));
  database.prepare("INSERT INTO spent VALUES (?, ?)").run(replaced, turn.conversation);
  for (const table of ["conversation", "message", "answer", "log"]) {
    database.exec(`DROP TABLE newer_${table}`);
  }
}
