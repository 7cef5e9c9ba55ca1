// How well the documents source finds passages: `npm run prove -- retrieval [folder]`. Measures the collections in
// test/data/retrieval and, if a folder is named, the collection there in Cranfield's format, and compares the results
// with FTS5's own stemmer and ranking.
import { documents, type DocumentsSettings } from "../../worker/context/full-text/documents.ts";
import { rowsOf, sqlOn, type DocumentsDatabase } from "../../worker/context/full-text/sql.ts";
import {
  foreignQuestions,
  ingestCollection,
  ownCollections,
  readCollection,
  thresholdQuestions,
  type Collection,
} from "../support/collections.ts";
import { startDocumentsDatabase } from "../support/documents-database.ts";
import { measureRetrieval } from "../support/retrieval-measures.ts";

/** Candidates for the minimum score of a passage. */
const thresholds = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7];

const limits = { maxResults: 10, maxTokens: 1_000_000 };

/** Measures all collections. @param folder the folder of one more */
export async function prove(folder?: string): Promise<object> {
  const named = folder === undefined ? undefined : readCollection(folder);
  const figures: Record<string, object> = {};
  for (const collection of [...ownCollections(), ...(named ? [named] : [])]) {
    figures[collection.name] = await measure(collection);
  }
  return {
    collections: figures,
    threshold: await measureThresholds(),
    otherLanguages: await measureOtherLanguages(),
  };
}

async function measure(collection: Collection): Promise<object> {
  await using started = await startDocumentsDatabase();
  const { database } = started;
  await ingestCollection(database, collection);
  const plain = await plainSearch(database, collection);
  const ours = [];
  const beside = [];
  for (const { text, gains } of collection.questions) {
    ours.push({ gains, found: (await search(database, collection, text)).map(({ path }) => path) });
    beside.push({ gains, found: await plain(text) });
  }
  return { passages: collection.passages.length, documents: measureRetrieval(ours), fts5: measureRetrieval(beside) };
}

/** At each threshold: how many questions lose the passage that answers them, and how many others are refused. */
async function measureThresholds(): Promise<object> {
  await using started = await startDocumentsDatabase();
  const collections = new Map(ownCollections().map((collection) => [collection.name, collection]));
  const best: { isAnswered: boolean; score: number }[] = [];
  const ingested = new Set<string>();
  for (const { documents: name, text, passage } of thresholdQuestions()) {
    const collection = collections.get(name);
    if (!collection) throw new Error(`There is no collection ${name}.`);
    if (!ingested.has(name)) await ingestCollection(started.database, collection);
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

/**
 * Measures questions in languages other than that of the documents, with the default `minScore`: how many find anything
 * untranslated, and how many translated questions find the right passage among the first six results, and as the first.
 */
async function measureOtherLanguages(): Promise<object> {
  const { language, questions } = foreignQuestions();
  const collection = ownCollections().find(({ name }) => name === language);
  if (!collection) throw new Error(`There is no collection ${language}.`);
  await using started = await startDocumentsDatabase();
  await ingestCollection(started.database, collection);
  const find = async (text: string) => (await search(started.database, collection, text, {})).slice(0, 6);
  const figures: Record<string, object> = {};
  for (const asked of new Set(questions.map((each) => each.language))) {
    const of = { questions: 0, foundUntranslated: 0, found: 0, isFirst: 0 };
    for (const { text, translation, passage } of questions.filter((each) => each.language === asked)) {
      const paths = (await find(translation)).map(({ path }) => path);
      of.questions += 1;
      of.foundUntranslated += (await find(text)).length > 0 ? 1 : 0;
      of.found += paths.includes(passage) ? 1 : 0;
      of.isFirst += paths[0] === passage ? 1 : 0;
    }
    figures[asked] = of;
  }
  return { documents: language, ...figures };
}

async function search(
  database: DocumentsDatabase,
  { name, language }: Collection,
  text: string,
  settings: DocumentsSettings = { minScore: 0 },
) {
  const source = documents({ language, ...settings }).open({ assistant: name, env: { DOCUMENTS: database } });
  const query = { text, question: text, conversation: [] };
  const results = await source.search(query, limits, AbortSignal.timeout(60_000));
  return results.map(({ id, score = 0 }) => ({ path: id.slice(0, id.lastIndexOf("#")), score }));
}

/** FTS5 as it comes: its `porter` stemmer, and a question's words joined by OR. */
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
