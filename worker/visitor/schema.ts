/**
 * The tables of one visitor. Numbers are milliseconds since the epoch where they are times.
 *
 * `message` holds what was typed, `answer` what came back: several for a message that was answered again, the newest of
 * which counts. `log` holds the frames of a turn, many a row, for followers that come back; it is pruned soon after.
 * `spent` holds the ids of messages that an edit replaced, so that a late repetition of one asks nobody again. `mark` has
 * one row at the most: tokens of another generation are void. `begun` has one too: how many turns began in this minute
 * and on this day. An index is a written row for each row, and a visitor has few conversations: only what every turn
 * looks up has one.
 *
 * A turn that is not agreed to yet is in `log` alone: a row that ends at number 0 announces it, with what it is about in
 * the place where its first frames will stand. So no reader of the other tables can meet it, and nothing has to be
 * written to take the announcement away when it comes true.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS conversation (
  id TEXT PRIMARY KEY,
  assistant TEXT NOT NULL,
  title TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS message (
  conversation TEXT NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answer (
  id TEXT PRIMARY KEY,
  conversation TEXT NOT NULL,
  message TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  status TEXT NOT NULL,
  content TEXT NOT NULL,
  details TEXT NOT NULL,
  feedback TEXT,
  reserved_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answer_by_message ON answer (conversation, message, version);
CREATE TABLE IF NOT EXISTS log (
  answer TEXT NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  frames TEXT NOT NULL,
  PRIMARY KEY (answer, first_seq)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent (id TEXT PRIMARY KEY, conversation TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS begun (
  id INTEGER PRIMARY KEY,
  minute INTEGER NOT NULL,
  in_minute INTEGER NOT NULL,
  day INTEGER NOT NULL,
  on_day INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS mark (generation INTEGER NOT NULL, kept_until INTEGER NOT NULL);
`;
