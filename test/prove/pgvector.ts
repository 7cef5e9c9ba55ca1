// How well documents in Postgres find passages by their words, by their vectors and by both:
// `npm run prove -- pgvector [folder]`. Measures the English collection of test/data/retrieval and, if a folder is
// named, the collection there in Cranfield's format, with a real embedding model. The database is PGlite with pgvector.
import { startPglite } from "../../scripts/lib/postgres/pglite.ts";
import { openAccess } from "../../worker/embeddings/access.ts";
import { PostgresConnection } from "../../worker/context/postgres/connection.ts";
import { postgresDocuments, type PostgresDocumentsSettings } from "../../worker/context/postgres/documents.ts";
import { PostgresStore } from "../../worker/context/postgres/store.ts";
import { ownCollections, readCollection, thresholdQuestions, type Collection } from "../support/collections.ts";
import { embeddingModel, startEmbeddingServer } from "../support/embedding-server.ts";
import { measureRetrieval } from "../support/retrieval-measures.ts";
import { spread } from "./figures.ts";

const connection = { provider: "azure", variables: { endpoint: "ENDPOINT", apiKey: "KEY" } };
const embeddings = { connection, ...embeddingModel, timeLimitMs: 60_000 };
const anything = { minScore: 0, minSimilarity: -1 };
const searches = {
  text: { search: "text", ...anything },
  vector: { search: "vector", embeddings, ...anything },
  hybrid: { search: "hybrid", embeddings, ...anything },
} as const satisfies Record<string, PostgresDocumentsSettings>;

/** Candidates for the minimum similarity of a passage, as cosines. */
const thresholds = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7];

const limits = { maxResults: 10, maxTokens: 1_000_000 };

/** @param folder the folder of one more collection */
export async function prove(folder?: string): Promise<object> {
  const named = folder === undefined ? undefined : readCollection(folder);
  await using postgres = await startPglite();
  await using server = await startEmbeddingServer();
  const env = { HYPERDRIVE: postgres.connectionString, ENDPOINT: server.url, KEY: "k" };
  const english = ownCollections().filter(({ language }) => language === "en");
  const collections: Record<string, object> = {};
  for (const collection of [...english, ...(named ? [named] : [])]) {
    const ingestionMs = await ingest(collection, env);
    collections[collection.name] = {
      passages: collection.passages.length,
      ingestionMs,
      ...(await measure(collection, env)),
    };
  }
  return { database: "PGlite with pgvector", ...embeddingModel, collections, threshold: await measureThresholds(env) };
}

type Environment = Readonly<Record<string, string>> & { HYPERDRIVE: string };

async function ingest({ name, language, passages }: Collection, env: Environment): Promise<number> {
  const client = await PostgresConnection.open(env.HYPERDRIVE);
  const settings = postgresDocuments(searches.hybrid).postgresDocuments.embeddings;
  if (settings === undefined) throw new Error("The hybrid has no embeddings.");
  const made = { settings, access: openAccess(connection, env) };
  const store = new PostgresStore({ connection: client, assistant: name, language, embeddings: made });
  await store.migrate();
  const startedAt = performance.now();
  for (const { id, title, content } of passages) {
    await store.put({ path: id, title, hash: id, chunks: [{ headings: [], content }] });
  }
  await client.close();
  return Math.round(performance.now() - startedAt);
}

async function measure(collection: Collection, env: Environment): Promise<object> {
  const figures: Record<string, object> = {};
  for (const [name, settings] of Object.entries(searches)) {
    const runs = [];
    const ms = [];
    for (const { text, gains } of collection.questions) {
      const startedAt = performance.now();
      const results = await find(settings, collection.name, text, env);
      ms.push(performance.now() - startedAt);
      runs.push({ gains, found: results.map(({ path }) => path) });
    }
    figures[name] = { ...measureRetrieval(runs), ms: spread(ms) };
  }
  return figures;
}

/** At each minimum cosine: how many questions lose the passage that answers them, and how many others are refused. */
async function measureThresholds(env: Environment): Promise<object> {
  const questions = thresholdQuestions().filter(({ documents }) => documents === "en");
  const refusedAt = async (settings: PostgresDocumentsSettings) => {
    let [withAnswer, without] = [0, 0];
    for (const { documents, text, passage } of questions) {
      const found = (await find(settings, documents, text, env)).slice(0, 6);
      const isAnswered = typeof passage === "string";
      const isRefused = isAnswered ? !found.some(({ path }) => path === passage) : found.length === 0;
      if (isRefused && isAnswered) withAnswer += 1;
      else if (isRefused) without += 1;
    }
    return { withAnswer, without };
  };
  const refused = [];
  for (const minSimilarity of thresholds) {
    const vector = await refusedAt({ ...searches.vector, minSimilarity });
    const hybrid = await refusedAt({ ...searches.hybrid, minScore: 0.5, minSimilarity });
    refused.push({ minSimilarity, vector, hybrid });
  }
  const answered = questions.filter(({ passage }) => typeof passage === "string").length;
  return {
    questionsWithAnswer: answered,
    questionsWithout: questions.length - answered,
    text: await refusedAt({ ...searches.text, minScore: 0.5 }),
    refused,
  };
}

async function find(settings: PostgresDocumentsSettings, assistant: string, text: string, env: Environment) {
  const source = postgresDocuments(settings).open({ assistant, env });
  const query = { text, question: text, conversation: [] };
  const results = await source.search(query, limits, AbortSignal.timeout(60_000));
  return results.map(({ id }) => ({ path: id.slice(0, id.lastIndexOf("#")) }));
}
