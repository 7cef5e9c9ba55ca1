import { defineAssistant, defineConnections } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";
import { postgresDocuments, type PostgresDocumentsSettings } from "../../../worker/context/postgres/documents.ts";

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  azure: { provider: "azure", variables: { apiKey: "AZURE_AI_API_KEY", endpoint: "AZURE_AI_ENDPOINT" } },
});

const embeddings = {
  connection: connections.azure,
  model: "our-embeddings",
  baseModel: "text-embedding-3-small",
  dimensions: 64,
  timeLimitMs: 20_000,
};

/** The settings of the three kinds of search. */
export const searches = {
  text: { search: "text", minScore: 0.3 },
  vector: { search: "vector", embeddings, minSimilarity: 0.3 },
  hybrid: { search: "hybrid", embeddings, minScore: 0.3, minSimilarity: 0.3 },
} as const satisfies Record<string, PostgresDocumentsSettings>;

/** A kind of search. */
export type Search = keyof typeof searches;

const models = {
  anthropic: { connection: "anthropic", model: "claude-haiku-5-5" },
  azure: { connection: "azure", model: "gpt-4.1-mini" },
} as const;

function assistant(provider: keyof typeof models, search: Search) {
  return defineAssistant({
    ...models[provider],
    title: `${search} on ${provider}`,
    maxCompletionTokens: 1000,
    origins: ["http://localhost:*"],
    context: { sources: [postgresDocuments(searches[search])], timeLimitMs: 30_000 },
  });
}

/** A token costs a dollar here, so the ledger shows embeddings as whole dollars. */
const costly = { ...embeddings, usdPerMillionTokens: 1_000_000 };
const paid = defineAssistant({
  ...models.azure,
  title: "Pays for embeddings alone",
  maxCompletionTokens: 1000,
  prices: { input: 0, cached: 0, cacheWrite: 0, output: 0 },
  origins: ["http://localhost:*"],
  budget: { usdPerDay: 100, visitorShare: 1, addressShare: 1 },
  limits: { runningTurns: 1 },
  context: { sources: [postgresDocuments({ ...searches.hybrid, embeddings: costly })], timeLimitMs: 30_000 },
});

/** Short time limits: the question's vector, or the whole search, is late as soon as anything is slow. */
const impatient = { ...embeddings, timeLimitMs: 300 };
const late = (search: "vector" | "hybrid") => ({
  ...assistant("anthropic", search),
  context: { sources: [postgresDocuments({ ...searches[search], embeddings: impatient })], timeLimitMs: 30_000 },
});
const brief = (search: Search) => ({
  ...assistant("azure", search),
  context: { sources: [postgresDocuments(searches[search])], timeLimitMs: 500 },
});

/** The project for tests of documents in Postgres. */
export const project = defineProject({
  connections,
  assistants: {
    "anthropic-text": assistant("anthropic", "text"),
    "anthropic-vector": assistant("anthropic", "vector"),
    "anthropic-hybrid": assistant("anthropic", "hybrid"),
    "azure-text": assistant("azure", "text"),
    "azure-vector": assistant("azure", "vector"),
    "azure-hybrid": assistant("azure", "hybrid"),
    paid,
    "paid-late": {
      ...paid,
      context: {
        sources: [postgresDocuments({ ...searches.hybrid, embeddings: { ...costly, timeLimitMs: 300 } })],
        timeLimitMs: 30_000,
      },
    },
    closed: { ...paid, limits: { turnsPerDay: 0 } },
    "late-vector": late("vector"),
    "late-hybrid": late("hybrid"),
    "brief-text": brief("text"),
    "brief-vector": brief("vector"),
    "brief-hybrid": brief("hybrid"),
  },
});
