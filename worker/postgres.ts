/**
 * What an operator's own project imports as `rivulet-chat/worker/postgres`. It is a separate entry, so that a project
 * without Postgres does not need the package `pg`.
 */
export { postgresDocuments } from "./context/postgres/documents.ts";
export type {
  CompletePostgresDocuments,
  PostgresDocumentsDefinition,
  PostgresDocumentsSettings,
} from "./context/postgres/documents.ts";
export type { CompleteEmbeddings, EmbeddingsSettings } from "./embeddings/settings.ts";
