import { openAccess } from "../../embeddings/access.ts";
import { completeEmbeddings, type CompleteEmbeddings, type EmbeddingsSettings } from "../../embeddings/settings.ts";
import { ContextError, type ContextScope, type ContextSourceDefinition } from "../source.ts";
import { PostgresSource } from "./source.ts";
import { spaceOf } from "./space.ts";

/** Settings of {@link postgresDocuments}. */
export type PostgresDocumentsSettings = CommonSettings &
  ({ search: "text"; embeddings?: undefined } | { search: "vector" | "hybrid"; embeddings: EmbeddingsSettings });

interface CommonSettings {
  /** The language of the documents, as a BCP 47 tag. Default: `en`. */
  language?: string;
  /**
   * The name of the Hyperdrive binding in `wrangler.toml`, or, in development, of a variable with a connection string.
   * Default: `HYPERDRIVE`.
   */
  binding?: string;
  /** For `text` and `hybrid`: the share of a question that a passage's words must cover, from 0 to 1. Default: 0.5. */
  minScore?: number;
  /**
   * For `vector` and `hybrid`: the least cosine similarity of a passage's vector to the question's, from -1 to 1. Each
   * model has its own scale: `docs/retrieval.md` says how to find a value. Default: 0.5.
   */
  minSimilarity?: number;
}

/** Complete settings of an assistant's documents in Postgres, for `npm run ingest` and the worker. */
export interface CompletePostgresDocuments extends Required<CommonSettings> {
  search: PostgresDocumentsSettings["search"];
  /** Undefined if only words are searched. */
  embeddings: CompleteEmbeddings | undefined;
}

/** The source of documents that `npm run ingest` has brought into Postgres. */
export interface PostgresDocumentsDefinition extends ContextSourceDefinition {
  readonly postgresDocuments: CompletePostgresDocuments;
}

/**
 * Answers from an assistant's own documents in Postgres, found by their words (`text`), by the meaning of what they say
 * (`vector`, with pgvector), or by both (`hybrid`). `npm run ingest` brings them in.
 */
export function postgresDocuments(settings: PostgresDocumentsSettings): PostgresDocumentsDefinition {
  const all: CompletePostgresDocuments = {
    language: "en",
    binding: "HYPERDRIVE",
    minScore: 0.5,
    minSimilarity: 0.5,
    ...settings,
    embeddings: settings.embeddings && completeEmbeddings(settings.embeddings),
  };
  const unpriced = all.embeddings !== undefined && all.embeddings.usdPerMillionTokens === undefined;
  return {
    name: "postgres documents",
    postgresDocuments: all,
    ...(unpriced
      ? {
          budgetProblem: `the price of ${all.embeddings?.model ?? ""} is not known, and a budget requires it: set \`usdPerMillionTokens\` in \`embeddings\``,
        }
      : {}),
    open: (scope) => openSource(all, scope),
  };
}

function openSource(settings: CompletePostgresDocuments, { assistant, env, reserve }: ContextScope): PostgresSource {
  const connectionString = readConnectionString(env[settings.binding]);
  if (connectionString === undefined) {
    throw new ContextError(
      `There is no Hyperdrive binding ${settings.binding}: add one under [[hyperdrive]] in wrangler.toml, or, in ` +
        `development, set the variable ${settings.binding} to a connection string.`,
    );
  }
  const { embeddings, language, minScore, minSimilarity } = settings;
  const vectors = embeddings && {
    space: spaceOf(assistant, embeddings),
    embedding: { settings: embeddings, access: openAccess(embeddings.connection, env), reserve },
  };
  const hasText = settings.search !== "vector";
  return new PostgresSource({ connectionString, assistant, language, minScore, minSimilarity, hasText, vectors });
}

function readConnectionString(binding: unknown): string | undefined {
  const value: unknown =
    typeof binding === "object" && binding !== null && "connectionString" in binding
      ? binding.connectionString
      : binding;
  return typeof value === "string" && value !== "" ? value : undefined;
}
