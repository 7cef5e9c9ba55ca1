import type { EmbeddingsAccess } from "../../embeddings/access.ts";
import { embedAll } from "../../embeddings/embed-all.ts";
import type { CompleteEmbeddings } from "../../embeddings/settings.ts";
import { costOfTokens } from "../../models/embedding-prices.ts";
import { analysisOf } from "../full-text/chunk-terms.ts";
import type { IngestionStore, KnownDocument, StoredDocument } from "../ingestion-store.ts";
import { chunkRows, clean, countTerms, embeddedText, inParts, type ChunkRow } from "./chunk-rows.ts";
import type { PostgresConnection } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { modelOf, spaceOf, type Space } from "./space.ts";
import { quoted, sql } from "./sql.ts";

/** What a {@link PostgresStore} writes to, and how. */
export interface PostgresStoreParts {
  connection: PostgresConnection;
  /** The assistant's id. */
  assistant: string;
  /** The language of the documents, as a BCP 47 tag. */
  language: string;
  /** How vectors are made. Undefined if only words are searched. */
  embeddings?: { settings: CompleteEmbeddings; access: EmbeddingsAccess };
}

/**
 * The documents of one assistant in Postgres, as ingestion writes them. A document is written in one transaction, so
 * readers see its old version or its new one.
 */
export class PostgresStore implements IngestionStore {
  readonly #connection: PostgresConnection;
  readonly #assistant: string;
  readonly #language: string;
  readonly #embeddings: PostgresStoreParts["embeddings"];
  readonly #space: Space | undefined;
  #tokens = 0;

  /** @throws ContextError if an index cannot have that number of dimensions */
  constructor({ connection, assistant, language, embeddings }: PostgresStoreParts) {
    this.#connection = connection;
    this.#assistant = assistant;
    this.#language = language;
    this.#embeddings = embeddings;
    this.#space = embeddings && spaceOf(assistant, embeddings.settings);
  }

  async migrate(): Promise<void> {
    await migrate(this.#connection, this.#space === undefined ? ["documents"] : ["documents", "vectors"]);
    await this.#connection.transaction(async () => {
      await this.#lock();
      await this.#connection.query(
        sql`DELETE FROM rivulet_chat.vocabulary WHERE assistant = ${this.#assistant} AND chunks <= 0`,
      );
      if (this.#space !== undefined) await this.#openSpace(this.#space);
    });
  }

  async hashes(): Promise<Map<string, KnownDocument>> {
    const rows = await this.#connection.transaction(() =>
      this.#connection.query<{ path: string; hash: string; validators: string | null }>(sql`
        SELECT path, CASE WHEN analysis = ${this.#analysis} THEN hash ELSE '' END AS hash, validators
        FROM rivulet_chat.documents WHERE assistant = ${this.#assistant}`),
    );
    return new Map(
      rows.map(({ path, hash, validators }) => [
        path,
        { hash, ...(validators === null ? {} : { validators: JSON.parse(validators) as object }) },
      ]),
    );
  }

  async put(document: StoredDocument, signal?: AbortSignal): Promise<void> {
    const rows = chunkRows(document, this.#language, await this.#embed(document, signal));
    await this.#connection.transaction(
      async () => {
        await this.#lock();
        const id = await this.#writeDocument(document);
        await this.#removeChunks(id);
        for (const part of inParts(rows)) await this.#writeChunks(id, part);
        await this.#countTerms(rows);
      },
      "BEGIN",
      signal,
    );
  }

  async remove(paths: Iterable<string>): Promise<void> {
    for (const path of paths) {
      await this.#connection.transaction(async () => {
        await this.#lock();
        const [row] = await this.#connection.query<{ id: string }>(
          sql`SELECT id FROM rivulet_chat.documents WHERE assistant = ${this.#assistant} AND path = ${path}`,
        );
        if (row === undefined) return;
        await this.#removeChunks(row.id);
        await this.#connection.query(sql`DELETE FROM rivulet_chat.documents WHERE id = ${row.id}`);
      });
    }
  }

  /** How many tokens were embedded so far, and what they cost. The cost is undefined if the price is not known. */
  get embedded(): { tokens: number; nanoUsd: number | undefined } {
    const price = this.#embeddings?.settings.usdPerMillionTokens;
    return { tokens: this.#tokens, nanoUsd: price === undefined ? undefined : costOfTokens(this.#tokens, price) };
  }

  get #analysis(): string {
    const analysis = analysisOf(this.#language);
    return this.#embeddings === undefined ? analysis : `${analysis}, ${modelOf(this.#embeddings.settings)}`;
  }

  /** Lets one run at a time write an assistant's documents: two runs would block each other in the vocabulary. */
  async #lock(): Promise<void> {
    await this.#connection.query(
      sql`SELECT pg_advisory_xact_lock(hashtext(${`rivulet_chat ${this.#assistant}`}::text))`,
    );
  }

  /**
   * Gives the space an index of its own, so that vectors of other spaces do not take up places in its results. Removes
   * indexes that are no longer used.
   */
  async #openSpace({ name, type }: Space): Promise<void> {
    const [hashed] = await this.#connection.query<{ hash: string }>(sql`SELECT md5(${name}::text) AS hash`);
    const index = `embeddings_${hashed?.hash ?? ""}`;
    await this.#connection.query(
      sql`INSERT INTO rivulet_chat.spaces VALUES (${name}, ${this.#assistant}, ${index}) ON CONFLICT DO NOTHING`,
    );
    await this.#connection.run(
      `SET LOCAL client_min_messages = warning;
      CREATE INDEX IF NOT EXISTS ${index} ON rivulet_chat.embeddings
        USING hnsw ((embedding::${type}) vector_cosine_ops) WHERE space = ${quoted(name)}`,
    );
    const unused = await this.#connection.query<{ index_name: string }>(sql`
      DELETE FROM rivulet_chat.spaces
      WHERE assistant = ${this.#assistant} AND space <> ${name}
        AND NOT EXISTS (SELECT 1 FROM rivulet_chat.embeddings WHERE embeddings.space = spaces.space)
      RETURNING index_name`);
    for (const { index_name } of unused) await this.#connection.run(`DROP INDEX IF EXISTS rivulet_chat.${index_name}`);
  }

  async #embed({ title, chunks }: StoredDocument, signal: AbortSignal | undefined) {
    if (this.#embeddings === undefined) return [];
    const { settings, access } = this.#embeddings;
    const texts = chunks.map((chunk) => embeddedText(title, chunk));
    const { vectors, tokens } = await embedAll(texts, settings, access, signal ?? new AbortController().signal);
    this.#tokens += tokens;
    return vectors;
  }

  async #writeDocument({ path, title, url, hash, validators }: StoredDocument): Promise<string> {
    const stored = validators === undefined ? undefined : JSON.stringify(validators);
    const [row] = await this.#connection.query<{ id: string }>(sql`
      INSERT INTO rivulet_chat.documents (assistant, path, title, url, analysis, hash, validators)
      VALUES (${this.#assistant}, ${path}, ${clean(title)}, ${url && clean(url)}, ${this.#analysis}, ${hash}, ${stored})
      ON CONFLICT (assistant, path) DO UPDATE SET
        title = excluded.title, url = excluded.url, analysis = excluded.analysis, hash = excluded.hash,
        validators = excluded.validators
      RETURNING id`);
    return row?.id ?? "";
  }

  async #writeChunks(document: string, rows: string): Promise<void> {
    const made = sql`
      WITH given AS (
        SELECT * FROM json_to_recordset(${rows}::json) AS row (
          position INTEGER, headings TEXT, anchor TEXT, content TEXT, field_terms TEXT, terms TEXT, embedding TEXT
        )
      ), made AS (
        INSERT INTO rivulet_chat.chunks (document, assistant, position, headings, anchor, content, field_terms, terms)
        SELECT ${document}::bigint, ${this.#assistant}, position, headings, anchor, content, field_terms, terms::tsvector
        FROM given
        RETURNING id, position
      )`;
    if (this.#space === undefined) {
      await this.#connection.query({ ...made, text: `${made.text} SELECT count(*) FROM made` });
      return;
    }
    const { text, values } = made;
    await this.#connection.query({
      text: `${text}
        INSERT INTO rivulet_chat.embeddings (chunk, space, embedding)
        SELECT id, $${values.length + 1}, embedding::vector FROM made JOIN given USING (position)`,
      values: [...values, this.#space.name],
    });
  }

  async #removeChunks(document: string): Promise<void> {
    await this.#connection.query(sql`
      WITH gone AS (DELETE FROM rivulet_chat.chunks WHERE document = ${document} RETURNING terms),
      counted AS (
        SELECT term, count(*) AS chunks FROM gone, unnest(tsvector_to_array(terms)) AS term GROUP BY term
        UNION ALL SELECT '', count(*) FROM gone
      )
      UPDATE rivulet_chat.vocabulary SET chunks = vocabulary.chunks - counted.chunks FROM counted
      WHERE assistant = ${this.#assistant} AND vocabulary.term = counted.term`);
  }

  async #countTerms(rows: readonly ChunkRow[]): Promise<void> {
    const counts = Array.from(countTerms(rows), ([term, chunks]) => ({
      term,
      reversed: Array.from(term).toReversed().join(""),
      chunks,
    }));
    await this.#connection.query(sql`
      INSERT INTO rivulet_chat.vocabulary (assistant, term, reversed, chunks)
      SELECT ${this.#assistant}, term, reversed, chunks
      FROM json_to_recordset(${JSON.stringify(counts)}::json) AS row (term TEXT, reversed TEXT, chunks BIGINT)
      ON CONFLICT (assistant, term) DO UPDATE SET chunks = vocabulary.chunks + excluded.chunks`);
  }
}
