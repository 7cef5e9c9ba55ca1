import { ChatError } from "../../../protocol/index.ts";
import { embedQuestion, type QuestionEmbedding } from "../../embeddings/embed-question.ts";
import { searchDocuments } from "../full-text/search.ts";
import { fuseRankings } from "../fuse-rankings.ts";
import { PartialResults } from "../partial-results.ts";
import { passageResult, withinLimits, type Passage } from "../passage-results.ts";
import {
  ContextError,
  type ContextLimits,
  type ContextQuery,
  type ContextResult,
  type ContextSource,
} from "../source.ts";
import { PostgresConnection } from "./connection.ts";
import { findNearest, hasPassages, searchSettings, type NearPassage } from "./nearest.ts";
import type { Space } from "./space.ts";
import { indexInPostgres } from "./text-index.ts";

/** What a {@link PostgresSource} searches, and how. */
export interface PostgresSourceParts {
  connectionString: string;
  /** The assistant's id. */
  assistant: string;
  language: string;
  minScore: number;
  minSimilarity: number;
  /** Whether passages are found by their words. */
  hasText: boolean;
  /** How passages are found by their vectors; undefined if they are not. */
  vectors: { space: Space; embedding: QuestionEmbedding } | undefined;
}

/** A passage that was found by its words. */
interface RankedPassage {
  passage: Passage;
  score: number;
}

/**
 * All statements of a search see one snapshot, so a document that is being written is seen in one version only. The
 * timeout makes the server end a statement whose result nobody is waiting for any longer.
 */
const begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '10s'";

/** The documents of one assistant in Postgres. */
export class PostgresSource implements ContextSource {
  readonly name = "postgres documents";
  readonly language: string;
  readonly #parts: PostgresSourceParts;

  constructor(parts: PostgresSourceParts) {
    this.#parts = parts;
    this.language = parts.language;
  }

  async search({ text }: ContextQuery, limits: ContextLimits, signal: AbortSignal): Promise<ContextResult[]> {
    const { connectionString, hasText, vectors } = this.#parts;
    const embedding = vectors && settled(embedQuestion(text, vectors.embedding, signal));
    const [connection, embedded] = await Promise.all([PostgresConnection.open(connectionString, signal), embedding]);
    try {
      const vector = embedded?.status === "fulfilled" ? embedded.value : undefined;
      const problem = embedded?.status === "rejected" ? toContextError(embedded.reason) : undefined;
      // Without its vector, a question can still be searched by its words.
      if (problem !== undefined && !hasText) throw problem;
      const find = () => this.#find(connection, text, vector, signal);
      const settings = vector === undefined ? begin : `${begin}; ${searchSettings}`;
      const found = await connection.transaction(find, settings, signal);
      const results = withinLimits(found.results, limits);
      const missing = problem ?? found.problem;
      if (missing === undefined) return results;
      throw hasText ? new PartialResults(`Only words were searched. ${missing.message}`, results, missing) : missing;
    } finally {
      void connection.close();
    }
  }

  async #find(
    connection: PostgresConnection,
    text: string,
    vector: readonly number[] | undefined,
    signal: AbortSignal,
  ): Promise<{ results: ContextResult[]; problem?: ContextError }> {
    const { assistant, language, hasText, minScore, vectors } = this.#parts;
    const ranked = hasText ? await searchDocuments(indexInPostgres(connection, assistant), language, text, signal) : [];
    const near = vector && vectors ? await findNearest(connection, vectors.space, vector) : [];
    if (near.length > 0) return { results: this.#fuse(ranked, near) };
    const good = ranked.filter(({ score }) => score >= minScore);
    const results = good.map(({ passage, score }) => passageResult(passage, score));
    const lacksVectors = vector !== undefined && (await hasPassages(connection, assistant));
    return lacksVectors ? { results, problem: this.#missingVectors() } : { results };
  }

  #missingVectors(): ContextError {
    const { assistant, vectors } = this.#parts;
    const model = vectors?.embedding.settings.model ?? "";
    return new ContextError(
      `The documents have no vectors of ${model} yet. Run: npm run ingest -- ${assistant} <folder>`,
    );
  }

  /** Keeps passages that are good enough by their words or their vectors. Both rankings together give their order. */
  #fuse(ranked: readonly RankedPassage[], near: readonly NearPassage[]): ContextResult[] {
    const { hasText, minScore, minSimilarity } = this.#parts;
    const similar = near.filter(({ similarity }) => similarity >= minSimilarity);
    if (!hasText) return similar.map((passage) => passageResult(passage, passage.similarity));
    const good = new Set([
      ...ranked.filter(({ score }) => score >= minScore).map(({ passage }) => keyOf(passage)),
      ...similar.map(keyOf),
    ]);
    return fuseRankings<Passage>([ranked.map(({ passage }) => passage), near], keyOf)
      .filter(({ item }) => good.has(keyOf(item)))
      .map(({ item, score }) => passageResult(item, score));
  }
}

function keyOf({ path, position }: Passage): string {
  return `${path}#${position}`;
}

/** Turns a promise into one that never rejects, so that it can be awaited later. */
async function settled<T>(promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await Promise.allSettled([promise]);
  return result;
}

/** @returns an error that says what is wrong, for the operator's log */
function toContextError(error: unknown): ContextError {
  if (error instanceof ContextError) return error;
  const unknown = "The question could not be turned into a vector";
  const detail = error instanceof ChatError ? (error.detail ?? error.message) : unknown;
  return new ContextError(`${detail}.`, { cause: error });
}
