import type { Schema } from "../storage/migrations.ts";

/**
 * The tables of one visitor. Times are milliseconds since the epoch.
 *
 * - `message` holds what was typed, as the JSON of its parts, and the JSON of the page that the visitor was looking at,
 *   if the site shares it; `answer` holds what came back. A message that was answered again has several answers, and
 *   the newest one counts.
 * - `log` holds the frames of a turn for followers that reconnect, many frames per row. It is pruned soon after the
 *   turn. A row with `last_seq` 0 announces a turn that may still be refused: it holds the turn's question in place of
 *   its first frames. So such a turn is not visible to readers of the other tables. When the turn begins, its first
 *   frames replace the announcement, so removing the announcement costs no write.
 * - `replaced_message` holds the ids of messages that an edit replaced, so that a late repeated request starts no turn.
 * - `token_generation` has at most one row: tokens of another generation are invalid, and so is what a site signed
 *   before `revoked_at`.
 * - `conversation` also counts the turns that began in its latest minute and on its latest day (both numbered since the
 *   epoch): every turn writes this row anyway. The row outlives the conversation's deletion, so deleting does not reset
 *   a limit.
 *
 * There are no indexes besides the primary keys. With an index, each write to the table would write one more row, a
 * written row costs as much as a thousand rows that are read, and a visitor has few conversations.
 */
const tables = `
CREATE TABLE conversation (
  id TEXT PRIMARY KEY,
  assistant TEXT NOT NULL,
  title TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER,
  minute INTEGER NOT NULL DEFAULT 0,
  turns_in_minute INTEGER NOT NULL DEFAULT 0,
  day INTEGER NOT NULL DEFAULT 0,
  turns_on_day INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE message (
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  parts TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  page_context TEXT,
  PRIMARY KEY (conversation, position)
) WITHOUT ROWID;
CREATE TABLE answer (
  conversation TEXT NOT NULL,
  message TEXT NOT NULL,
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  status TEXT NOT NULL,
  reserved_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  feedback TEXT,
  details TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (conversation, message, version)
) WITHOUT ROWID;
CREATE TABLE log (
  answer TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  frames TEXT NOT NULL,
  PRIMARY KEY (answer, first_seq)
) WITHOUT ROWID;
CREATE TABLE replaced_message (id TEXT PRIMARY KEY, conversation TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE token_generation (
  generation INTEGER NOT NULL,
  kept_until INTEGER NOT NULL,
  revoked_at INTEGER NOT NULL DEFAULT 0
);
`;

/** From 1 to 2: messages have parts, conversations count turns, indexes are gone, and some tables are renamed. */
const messageParts = `
ALTER TABLE conversation ADD COLUMN minute INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN turns_in_minute INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN turns_on_day INTEGER NOT NULL DEFAULT 0;
UPDATE conversation SET (minute, turns_in_minute, day, turns_on_day) = (SELECT minute, in_minute, day, on_day FROM begun)
WHERE id = (SELECT id FROM conversation ORDER BY updated_at DESC LIMIT 1) AND EXISTS (SELECT 1 FROM begun);
DROP TABLE begun;
CREATE TABLE new_message (
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  parts TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, position)
) WITHOUT ROWID;
INSERT INTO new_message
  SELECT conversation, position, id, json_array(json_object('type', 'text', 'text', content)), created_at FROM message;
DROP TABLE message;
ALTER TABLE new_message RENAME TO message;
UPDATE log SET frames = json_set(
  frames, '$.message.parts', json_array(json_object('type', 'text', 'text', frames ->> '$.message.content'))
) WHERE last_seq = 0;
CREATE TABLE new_answer (
  conversation TEXT NOT NULL,
  message TEXT NOT NULL,
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  status TEXT NOT NULL,
  reserved_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  feedback TEXT,
  details TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (conversation, message, version)
) WITHOUT ROWID;
INSERT INTO new_answer SELECT conversation, message, version, id, created_at, ended_at, status, reserved_seq, last_seq,
  feedback, details, content FROM answer;
DROP TABLE answer;
ALTER TABLE new_answer RENAME TO answer;
ALTER TABLE spent RENAME TO replaced_message;
ALTER TABLE mark RENAME TO token_generation;
`;

/** From 2 to 3: an operator can revoke what a site has signed. */
const revokedTokens = `
ALTER TABLE token_generation ADD COLUMN revoked_at INTEGER NOT NULL DEFAULT 0;
`;

/** From 3 to 4: a message keeps what the visitor was looking at. */
const pageContexts = `
ALTER TABLE message ADD COLUMN page_context TEXT;
`;

/** The tables of a visitor's object, and the migrations from earlier versions. */
export const visitorSchema: Schema = { tables, migrations: [messageParts, revokedTokens, pageContexts] };
