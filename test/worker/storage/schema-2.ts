import type { DatabaseSync } from "node:sqlite";

/** The tables of a visitor's object as version 2 created them. */
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
CREATE TABLE token_generation (generation INTEGER NOT NULL, kept_until INTEGER NOT NULL);
CREATE VIEW schema_version AS SELECT 2 AS version;
`;

/** Turns a visitor's object into one of version 2 in which only the generation of valid tokens is stored. */
export function toVersion2(database: DatabaseSync): void {
  const known = database.prepare("SELECT generation, kept_until FROM token_generation").get();
  const ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
  for (const { name } of database.prepare(ours).all()) database.exec(`DROP TABLE ${String(name)}`);
  database.exec("DROP VIEW schema_version");
  database.exec(tables);
  const insert = database.prepare("INSERT INTO token_generation VALUES (?, ?)");
  insert.run(known?.["generation"] ?? 0, known?.["kept_until"] ?? 0);
}
