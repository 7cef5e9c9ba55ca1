/**
 * The tables of documents in Postgres, as migration steps. A database of an earlier version runs the steps that it
 * lacks, in order. An existing step is never edited. Steps only add things, so that a worker that was deployed before
 * them can continue to read.
 *
 * The tables are in a schema of their own, so they can be in a database that the site uses for other things.
 */
export const migrations: Readonly<Record<MigrationPart, readonly string[]>> = {
  documents: [
    `
    CREATE TABLE rivulet_chat.documents (
      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      assistant TEXT NOT NULL,
      path TEXT NOT NULL,
      title TEXT NOT NULL,
      url TEXT,
      -- What made its terms and vectors: another language, a later analysis or another model makes others.
      analysis TEXT NOT NULL,
      hash TEXT NOT NULL,
      -- What a server said about the version that it sent: a JSON object.
      validators TEXT,
      UNIQUE (assistant, path)
    );
    CREATE TABLE rivulet_chat.chunks (
      id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      document BIGINT NOT NULL REFERENCES rivulet_chat.documents ON DELETE CASCADE,
      assistant TEXT NOT NULL,
      position INTEGER NOT NULL,
      headings TEXT NOT NULL, -- a JSON array
      anchor TEXT,
      content TEXT NOT NULL,
      -- Of title, headings and content: three lines, with spaces between the terms.
      field_terms TEXT NOT NULL,
      -- The same terms with their places. Weights: A the title, B headings, D the content.
      terms TSVECTOR NOT NULL,
      UNIQUE (document, position)
    );
    CREATE INDEX chunks_terms ON rivulet_chat.chunks USING gin (terms);
    -- How many chunks have a term; all of them have the empty one. Terms are compared byte by byte.
    CREATE TABLE rivulet_chat.vocabulary (
      assistant TEXT NOT NULL,
      term TEXT COLLATE "C" NOT NULL,
      -- From the last letter to the first, for the ends of words.
      reversed TEXT COLLATE "C" NOT NULL,
      chunks BIGINT NOT NULL,
      PRIMARY KEY (assistant, term)
    );
    CREATE INDEX vocabulary_reversed ON rivulet_chat.vocabulary (assistant, reversed);
    `,
  ],
  vectors: [
    `
    CREATE EXTENSION IF NOT EXISTS vector;
    -- A space is an assistant, a model and a number of dimensions: only vectors of one space can be compared. Each space
    -- has an index of its own.
    CREATE TABLE rivulet_chat.spaces (
      space TEXT PRIMARY KEY,
      assistant TEXT NOT NULL,
      index_name TEXT NOT NULL
    );
    CREATE TABLE rivulet_chat.embeddings (
      chunk BIGINT PRIMARY KEY REFERENCES rivulet_chat.chunks ON DELETE CASCADE,
      space TEXT NOT NULL,
      embedding VECTOR NOT NULL
    );
    `,
  ],
};

/** Vectors are a part of their own, so that full-text search works on a server without pgvector. */
export type MigrationPart = "documents" | "vectors";
