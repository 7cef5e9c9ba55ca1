// How good the documents source finds passages: `npm run prove -- retrieval [folder]`. Measures the collections in
// test/data/retrieval and, if it is named, one of Cranfield's shape, beside FTS5's own stemmer and ranking.
import { documents } from "../../worker/context/full-text/documents.ts";
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import { rowsOf, sqlOn, type DocumentsDatabase } from "../../worker/context/full-text/sql.ts";
import { ownCollections, readCollection, thresholdQuestions, type Collection } from "../support/collections.ts";
import { startDocumentsDatabase } from "../support/documents-database.ts";
import { measureRetrieval } from "../support/retrieval-measures.ts";
import { pool } from "./figures.ts";

/** Scores that could be the least one that a passage needs. */
const thresholds = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7];

const limits = { maxResults: 10, maxTokens: 1_000_000 };

/** Measures all collections. @param folder of one more */
export async function prove(folder?: string): Promise<object> {
  const named = folder === undefined ? undefined : readCollection(folder);
  const figures: Record<string, object> = {};
  for (const collection of [...ownCollections(), ...(named ? [named] : [])]) {
    figures[collection.name] = await measure(collection);
  }
  return { collections: figures, threshold: await measureThresholds() };
}

async function measure(collection: Collection): Promise<object> {
  await using started = await startDocumentsDatabase();
  const { database } = started;
  await ingest(database, collection);
  const plain = await plainSearch(database, collection);
  const ours = [];
  const beside = [];
  for (const { text, gains } of collection.questions) {
    ours.push({ gains, found: (await search(database, collection, text)).map(({ path }) => path) });
    beside.push({ gains, found: await plain(text) });
  }
  return { passages: collection.passages.length, documents: measureRetrieval(ours), fts5: measureRetrieval(beside) };
}

/** How many questions that the documents answer, and how many that they do not, are refused at each threshold. */
async function measureThresholds(): Promise<object> {
  await using started = await startDocumentsDatabase();
  const collections = new Map(ownCollections().map((collection) => [collection.name, collection]));
  const best: { isAnswered: boolean; score: number }[] = [];
  const ingested = new Set<string>();
  for (const { documents: name, text, passage } of thresholdQuestions()) {
    const collection = collections.get(name);
    if (!collection) throw new Error(`There is no collection ${name}.`);
    if (!ingested.has(name)) await ingest(started.database, collection);
    ingested.add(name);
    const found = (await search(started.database, collection, text)).slice(0, 6);
    const isAnswered = typeof passage === "string";
    const fitting = isAnswered ? found.filter(({ path }) => path === passage) : found;
    best.push({ isAnswered, score: Math.max(0, ...fitting.map(({ score }) => score)) });
  }
  const refused = (isAnswered: boolean, threshold: number) =>
    best.filter((each) => each.isAnswered === isAnswered && each.score < threshold).length;
  return {
    questionsWithAnswer: best.filter(({ isAnswered }) => isAnswered).length,
    questionsWithout: best.filter(({ isAnswered }) => !isAnswered).length,
    refused: thresholds.map((minScore) => ({
      minScore,
      withAnswer: refused(true, minScore),
      without: refused(false, minScore),
    })),
  };
}

async function search(database: DocumentsDatabase, { name, language }: Collection, text: string) {
  const source = documents({ language, minScore: 0 }).open({ assistant: name, env: { DOCUMENTS: database } });
  const query = { text, question: text, conversation: [] };
  const results = await source.search(query, limits, AbortSignal.timeout(60_000));
  return results.map(({ id, score = 0 }) => ({ path: id.slice(0, id.lastIndexOf("#")), score }));
}

async function ingest(database: DocumentsDatabase, { name, language, passages }: Collection): Promise<void> {
  const store = new DocumentStore(database, name, language);
  await store.migrate();
  await pool(passages.length, 4, async (index) => {
    const { id, title = "", content = "" } = passages[index] ?? {};
    if (id !== undefined) await store.put({ path: id, title, hash: id, chunks: [{ headings: [], content }] });
  });
}

/** FTS5 as it comes: its `porter` stemmer, and every word of a question with OR. */
async function plainSearch(database: DocumentsDatabase, { passages }: Collection) {
  const sql = sqlOn(database);
  await database.batch([
    database.prepare("CREATE VIRTUAL TABLE plain USING fts5 (id UNINDEXED, text, tokenize = 'porter unicode61')"),
    sql`INSERT INTO plain SELECT value ->> 'id', (value ->> 'title') || ' ' || (value ->> 'content')
      FROM json_each(${JSON.stringify(passages)})`,
  ]);
  return async (text: string): Promise<string[]> => {
    const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const match = words.map((word) => `"${word}"`).join(" OR ");
    const [found] = await database.batch([sql`SELECT id FROM plain WHERE plain MATCH ${match} ORDER BY rank LIMIT 10`]);
    return rowsOf<{ id: string }>(found).map(({ id }) => id);
  };
}
