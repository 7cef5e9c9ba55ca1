// How good the documents source finds passages: `npm run prove -- retrieval [folder]`. Measures the collections in
// test/data/retrieval and, if it is named, one of Cranfield's shape, beside FTS5's own stemmer and ranking.
import { documents } from "../../worker/context/full-text/documents.ts";
import { DocumentStore } from "../../worker/context/full-text/store.ts";
import { rowsOf, sqlOn, type DocumentsDatabase } from "../../worker/context/full-text/sql.ts";
import { ownCollections, readCollection, type Collection } from "../support/collections.ts";
import { startDocumentsDatabase } from "../support/documents-database.ts";
import { measureRetrieval } from "../support/retrieval-measures.ts";
import { pool } from "./figures.ts";

/** Measures all collections. @param folder of one more */
export async function prove(folder?: string): Promise<object> {
  const named = folder === undefined ? undefined : readCollection(folder);
  const figures: Record<string, object> = {};
  for (const collection of [...ownCollections(), ...(named ? [named] : [])]) {
    figures[collection.name] = await measure(collection);
  }
  return figures;
}

async function measure(collection: Collection): Promise<object> {
  await using started = await startDocumentsDatabase();
  const { database } = started;
  await ingest(database, collection);
  const source = documents({ language: collection.language, minScore: 0 }).open({
    assistant: collection.name,
    env: { DOCUMENTS: database },
  });
  const plain = await plainSearch(database, collection);
  const ours = [];
  const beside = [];
  for (const { text, gains } of collection.questions) {
    const query = { text, question: text, conversation: [] };
    const results = await source.search(query, { maxResults: 10, maxTokens: 1_000_000 }, AbortSignal.timeout(60_000));
    ours.push({ gains, found: results.map(({ id }) => id.slice(0, id.lastIndexOf("#"))) });
    beside.push({ gains, found: await plain(text) });
  }
  return { passages: collection.passages.length, documents: measureRetrieval(ours), plain: measureRetrieval(beside) };
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
