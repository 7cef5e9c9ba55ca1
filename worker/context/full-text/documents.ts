import {
  ContextError,
  type ContextLimits,
  type ContextQuery,
  type ContextResult,
  type ContextSource,
  type ContextSourceDefinition,
} from "../source.ts";
import { passageResult, withinLimits } from "../passage-results.ts";
import { indexInD1 } from "./d1-index.ts";
import { isMissingTable, isUnavailable, MissingTablesError, UnavailableDatabaseError } from "./database-errors.ts";
import { searchDocuments } from "./search.ts";
import { isDatabase, type DocumentsDatabase } from "./sql.ts";

/** Settings of {@link documents}. */
export interface DocumentsSettings {
  /** The language of the documents, as a BCP 47 tag. Default: `en`. */
  language?: string;
  /** The name of the D1 binding in `wrangler.toml`. Default: `DOCUMENTS`. */
  database?: string;
  /**
   * The share of a question that a passage has to cover, from 0 to 1. Rare words are a larger share than common ones.
   * Default: 0.5. `docs/retrieval.md` shows what is found and what is refused with other values.
   */
  minScore?: number;
}

/** The source of documents that `npm run ingest` has brought into D1. */
export interface DocumentsDefinition extends ContextSourceDefinition {
  readonly documents: Required<DocumentsSettings>;
}

/** Answers from an assistant's own documents, found by their words. `npm run ingest` brings them in. */
export function documents(settings: DocumentsSettings = {}): DocumentsDefinition {
  const all = { language: "en", database: "DOCUMENTS", minScore: 0.5, ...settings };
  return {
    name: "documents",
    documents: all,
    open({ assistant, env }) {
      const database = env[all.database];
      if (!isDatabase(database)) {
        throw new ContextError(
          `wrangler.toml has no D1 database with the binding ${all.database}. Add one under [[d1_databases]], or remove ` +
            `documents() from the context of assistants/${assistant}/assistant.ts.`,
        );
      }
      return new FullTextSource(database, assistant, all);
    },
  };
}

class FullTextSource implements ContextSource {
  readonly name = "documents";
  readonly language: string;
  readonly #database: DocumentsDatabase;
  readonly #assistant: string;
  readonly #binding: string;
  readonly #minScore: number;

  constructor(
    open: DocumentsDatabase,
    assistant: string,
    { language, database, minScore }: Required<DocumentsSettings>,
  ) {
    this.#database = open;
    this.#assistant = assistant;
    this.language = language;
    this.#binding = database;
    this.#minScore = minScore;
  }

  async search({ text }: ContextQuery, limits: ContextLimits, signal: AbortSignal): Promise<ContextResult[]> {
    const index = indexInD1(this.#database, this.#assistant);
    const found = await searchDocuments(index, this.language, text, signal).catch((error: unknown) => {
      if (isMissingTable(error)) throw new MissingTablesError(this.#assistant, error);
      throw isUnavailable(error) ? new UnavailableDatabaseError(this.#binding, error) : error;
    });
    const good = found.filter(({ score }) => score >= this.#minScore);
    return withinLimits(
      good.map(({ passage, score }) => passageResult(passage, score)),
      limits,
    );
  }
}
