import { openAccess } from "../../../worker/embeddings/access.ts";
import { DocumentStore } from "../../../worker/context/full-text/store.ts";
import type { IngestionStore } from "../../../worker/context/ingestion-store.ts";
import { PostgresConnection } from "../../../worker/context/postgres/connection.ts";
import type { CompletePostgresDocuments } from "../../../worker/context/postgres/documents.ts";
import { PostgresStore } from "../../../worker/context/postgres/store.ts";
import { ContextError } from "../../../worker/context/source.ts";
import { Mistake } from "../mistake.ts";
import type { OpenDatabase } from "./local-database.ts";

/** A store that is open. */
export interface OpenStore {
  store: IngestionStore;
  /** A line about the cost of the embeddings; undefined if none were made. */
  costs(): string | undefined;
  close(): Promise<void>;
}

/** Whose documents a store holds, and in which language they are. */
export interface StoreOwner {
  /** The assistant's id. */
  assistant: string;
  /** The language of the documents, as a BCP 47 tag. */
  language: string;
}

/** Opens the documents of an assistant in a D1 database. */
export function storeInD1({ database, close }: OpenDatabase, { assistant, language }: StoreOwner): OpenStore {
  return { store: new DocumentStore(database, assistant, language), costs: () => undefined, close };
}

/**
 * Opens the documents of an assistant in Postgres.
 * @param values the variables that the assistant's connections name
 * @throws Mistake that says what is missing or wrong
 */
export async function storeInPostgres(
  { embeddings, language }: Pick<CompletePostgresDocuments, "embeddings" | "language">,
  assistant: string,
  connectionString: string,
  values: Readonly<Record<string, string | undefined>>,
): Promise<OpenStore> {
  try {
    const made = embeddings && { settings: embeddings, access: openAccess(embeddings.connection, values) };
    const connection = await PostgresConnection.open(connectionString);
    const store = new PostgresStore({ connection, assistant, language, ...(made && { embeddings: made }) });
    return { store, costs: () => describeCosts(store, embeddings?.model), close: () => connection.close() };
  } catch (error) {
    throw error instanceof ContextError ? new Mistake(error.message) : error;
  }
}

function describeCosts({ embedded: { tokens, nanoUsd } }: PostgresStore, model = ""): string | undefined {
  if (tokens === 0) return undefined;
  const counted = `Embeddings: ${tokens.toLocaleString("en")} tokens`;
  if (nanoUsd === undefined) return `${counted}. The price of ${model} is not known.`;
  return `${counted}, $${Number((nanoUsd / 1e9).toPrecision(2))}.`;
}
