import type { IngestionStore, KnownDocument, StoredDocument, Validators } from "../ingestion-store.ts";
import { chunkRows, reversedTerms, type ChunkRow } from "./chunk-rows.ts";
import { analysisOf } from "./chunk-terms.ts";
import { migrate } from "./migrate.ts";
import { rowsOf, sqlOn, type DocumentsDatabase, type Result, type Sql, type Statement } from "./sql.ts";

export type { StoredDocument } from "../ingestion-store.ts";

/**
 * The documents of one assistant, as ingestion writes them. Readers see the old version of a document until all chunks
 * of the new one are written. One transaction then makes the new version the current one and removes the old one.
 */
export class DocumentStore implements IngestionStore {
  readonly #database: DocumentsDatabase;
  readonly #sql: Sql;
  readonly #assistant: string;
  readonly #language: string;

  /**
   * @param assistant the assistant's id
   * @param language of its documents, as a BCP 47 tag
   */
  constructor(database: DocumentsDatabase, assistant: string, language: string) {
    this.#database = database;
    this.#sql = sqlOn(database);
    this.#assistant = assistant;
    this.#language = language;
  }

  /**
   * Makes or extends the tables, and removes what interrupted runs have left.
   * @throws Error if the database is of a later version than this code
   */
  async migrate(): Promise<void> {
    await migrate(this.#database);
    const [pending] = await this.#database.batch([
      this.#sql`SELECT path FROM documents WHERE assistant = ${this.#assistant} AND pending IS NOT NULL`,
    ]);
    for (const { path } of rowsOf<{ path: string }>(pending))
      await this.#database.batch([...this.#giveUp(path), this.#removeUnpublished(path)]);
  }

  /** What is known about every document. Its hash is empty if the terms were made in a different way than now. */
  async hashes(): Promise<Map<string, KnownDocument>> {
    const sql = this.#sql;
    // This selects `*`, because a dry run may read a database of an earlier version, which has no `validators` column.
    const [documents] = await this.#database.batch([
      sql`SELECT * FROM documents WHERE assistant = ${this.#assistant} AND version > 0`,
    ]);
    const analysis = analysisOf(this.#language);
    return new Map(
      rowsOf<DocumentRow>(documents).map((row) => {
        const hash = row.analysis === analysis ? row.hash : "";
        return [row.path, row.validators ? { hash, validators: readValidators(row.validators) } : { hash }];
      }),
    );
  }

  /**
   * Writes a document, or its new version.
   * @throws Error if another run writes the same document at the same time
   */
  async put(document: StoredDocument, signal?: AbortSignal): Promise<void> {
    const version = newVersion();
    const parts = chunkRows(document, this.#assistant, this.#language);
    const publish = this.#publish(document, version);
    const steps = [
      this.#begin(document, version),
      ...parts.map((rows) => this.#write(document, version, rows)),
      publish,
    ];
    let results: Result[] = [];
    for (const statements of parts.length > 1 ? steps : [steps.flat()]) {
      signal?.throwIfAborted();
      results = await this.#database.batch(statements);
    }
    if (results.at(-publish.length)?.meta.changes === 0) throw new Error("Another run is writing this document.");
  }

  /** Removes documents with everything that belongs to them. */
  async remove(paths: Iterable<string>): Promise<void> {
    for (const path of paths) {
      await this.#database.batch([
        this.#sql`UPDATE documents SET version = 0 WHERE assistant = ${this.#assistant} AND path = ${path}`,
        ...this.#giveUp(path),
        this.#removeUnpublished(path),
      ]);
    }
  }

  /** Takes the document over from any other run, and removes what that run has written. */
  #begin({ path, title, hash }: StoredDocument, version: number): Statement[] {
    return [
      this.#sql`
        INSERT INTO documents (assistant, path, title, language, analysis, hash, version)
        VALUES (${this.#assistant}, ${path}, ${title}, ${this.#language}, '', ${hash}, 0)
        ON CONFLICT DO NOTHING`,
      ...this.#giveUp(path),
      this.#sql`UPDATE documents SET pending = ${version} WHERE assistant = ${this.#assistant} AND path = ${path}`,
    ];
  }

  /** Writes chunks, unless another run has taken the document over. */
  #write({ path }: StoredDocument, version: number, rows: readonly ChunkRow[]): Statement[] {
    return [
      this.#sql`
        INSERT INTO chunks (document, version, position, headings, anchor, content, terms)
        SELECT
          documents.id, pending, value ->> 'position', value ->> 'headings', value ->> 'anchor', value ->> 'content',
          value ->> 'terms'
        FROM documents, json_each(${JSON.stringify(rows.map(({ chunk }) => chunk))})
        WHERE assistant = ${this.#assistant} AND documents.path = ${path} AND pending = ${version}`,
      this.#sql`
        INSERT INTO chunk_index (rowid, title, headings, content)
        SELECT chunks.id, value ->> 'title', value ->> 'headings', value ->> 'content'
        FROM json_each(${JSON.stringify(rows.map(({ index }) => index))})
        CROSS JOIN documents ON assistant = ${this.#assistant} AND documents.path = ${path} AND pending = ${version}
        CROSS JOIN chunks ON document = documents.id AND chunks.version = pending AND position = value ->> 'position'`,
      this.#sql`
        INSERT INTO reversed_terms SELECT value FROM json_each(${JSON.stringify(reversedTerms(rows, this.#assistant))})
        WHERE true ON CONFLICT DO NOTHING`,
    ];
  }

  /** Makes a version the current one, unless another run has taken the document over. */
  #publish({ path, title, url, hash, validators }: StoredDocument, version: number): Statement[] {
    const kept = validators && JSON.stringify(validators);
    return [
      this.#sql`
        UPDATE documents SET
          title = ${title}, url = ${url}, language = ${this.#language}, analysis = ${analysisOf(this.#language)},
          hash = ${hash}, validators = ${kept}, version = pending, pending = NULL
        WHERE assistant = ${this.#assistant} AND path = ${path} AND pending = ${version}`,
      ...this.#removeOldChunks(path),
    ];
  }

  /** Discards the new version of a document that any run has begun to write. */
  #giveUp(path: string): Statement[] {
    return [
      this.#sql`UPDATE documents SET pending = NULL WHERE assistant = ${this.#assistant} AND path = ${path}`,
      ...this.#removeOldChunks(path),
    ];
  }

  /** Removes the chunks of all versions but the current one, unless a new one is being written. */
  #removeOldChunks(path: string): Statement[] {
    return [
      this.#sql`
        DELETE FROM chunk_index WHERE rowid IN (
          SELECT chunks.id FROM documents JOIN chunks ON document = documents.id AND chunks.version <> documents.version
          WHERE assistant = ${this.#assistant} AND path = ${path} AND pending IS NULL
        )`,
      this.#sql`
        DELETE FROM chunks WHERE id IN (
          SELECT chunks.id FROM documents JOIN chunks ON document = documents.id AND chunks.version <> documents.version
          WHERE assistant = ${this.#assistant} AND path = ${path} AND pending IS NULL
        )`,
    ];
  }

  #removeUnpublished(path: string): Statement {
    return this.#sql`DELETE FROM documents WHERE assistant = ${this.#assistant} AND path = ${path} AND version = 0`;
  }
}

/** What {@link DocumentStore.hashes} reads of a row. */
interface DocumentRow {
  path: string;
  analysis: string;
  hash: string;
  validators?: string | null;
}

function readValidators(json: string): Validators {
  const value: unknown = JSON.parse(json);
  const [etag, lastModified, links] = ["etag", "lastModified", "links"].map((name): unknown =>
    Reflect.get(Object(value), name),
  );
  return {
    ...(typeof etag === "string" && { etag }),
    ...(typeof lastModified === "string" && { lastModified }),
    ...(Array.isArray(links) && { links: links.map(String) }),
  };
}

/** A number that no other version of the same document has. */
function newVersion(): number {
  return 1 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
}
