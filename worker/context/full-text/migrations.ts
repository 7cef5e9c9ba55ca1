/**
 * The tables of documents in D1, as migration steps. A database of an earlier version runs the steps that it lacks, in
 * order. An existing step is never edited. Steps only add things, so that a worker that was deployed before them can
 * continue to read.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE documents (
      id INTEGER PRIMARY KEY,
      assistant TEXT NOT NULL,
      path TEXT NOT NULL,
      title TEXT NOT NULL,
      url TEXT,
      language TEXT NOT NULL,
      -- What made the terms of its chunks: another language or a later analysis makes others.
      analysis TEXT NOT NULL,
      hash TEXT NOT NULL,
      -- Which chunks are searched. 0: none yet.
      version INTEGER NOT NULL,
      -- Which chunks are being written.
      pending INTEGER,
      UNIQUE (assistant, path)
    ) STRICT`,
    `CREATE TABLE chunks (
      id INTEGER PRIMARY KEY,
      document INTEGER NOT NULL,
      version INTEGER NOT NULL,
      position INTEGER NOT NULL,
      headings TEXT NOT NULL, -- a JSON array
      anchor TEXT,
      content TEXT NOT NULL,
      terms TEXT NOT NULL, -- of title, headings and content: three lines, with spaces between the terms
      UNIQUE (document, version, position)
    ) STRICT`,
    // Holds no text, only which terms are in which chunk. Its rowid is the chunk's id.
    `CREATE VIRTUAL TABLE chunk_index USING fts5 (
      title, headings, content,
      content = '', contentless_delete = 1, tokenize = 'ascii'
    )`,
    // Every term of the index, and how many chunks have it. It is a view of the index and needs no upkeep.
    `CREATE VIRTUAL TABLE index_terms USING fts5vocab (chunk_index, row)`,
    // Terms from their last letter to their first, to find words with a typing error in their first half, and compounds
    // that end with a word. Terms that no chunk contains now are harmless.
    `CREATE TABLE reversed_terms (
      term TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID`,
  ],
  [
    // A JSON object: what the server of a web page said about its version. NULL for files.
    `ALTER TABLE documents ADD COLUMN validators TEXT`,
  ],
  [
    // Questions that the documents do not answer, for assistants that keep such questions. See `worker/gaps/`.
    `CREATE TABLE unanswered_questions (
      visitor TEXT NOT NULL, -- a keyed hash
      message TEXT NOT NULL,
      reason TEXT NOT NULL,
      assistant TEXT NOT NULL,
      question TEXT NOT NULL,
      asked_at INTEGER NOT NULL, -- milliseconds since the epoch
      PRIMARY KEY (visitor, message, reason)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX unanswered_questions_by_time ON unanswered_questions (assistant, asked_at)`,
  ],
];
