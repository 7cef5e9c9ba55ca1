import type { ConnectionDefinition } from "../assistants/definition.ts";
import { embeddingPriceOf } from "../models/embedding-prices.ts";
import { familyOf } from "../models/family.ts";

/** Which model turns texts into vectors, and how it is reached. */
export interface EmbeddingsSettings {
  /**
   * A connection of `assistants/connections.ts` with the provider `azure`: an Azure resource, or any server with
   * OpenAI's API, such as `https://api.openai.com/v1`.
   */
  connection: ConnectionDefinition;
  /** Model id; on Azure, the deployment's name. */
  model: string;
  /**
   * The model behind a deployment's name. It determines the price and the default of `asksForDimensions`. Default:
   * `model`.
   */
  baseModel?: string;
  /** How many numbers a vector has: at most 2,000, the limit of pgvector's HNSW index. */
  dimensions: number;
  /** Whether requests name `dimensions`. Default: only for models of the family `text-embedding-3`. */
  asksForDimensions?: boolean;
  /** How many texts are sent per request when documents are ingested. Default 64. */
  batchSize?: number;
  /** How long to wait for the vector of a question, in milliseconds. Default 1,000. */
  timeLimitMs?: number;
  /**
   * The model's price in US dollars per million tokens. Default: the price in the built-in table. An assistant with a
   * budget needs a price.
   */
  usdPerMillionTokens?: number;
}

/** Settings with their defaults. */
export interface CompleteEmbeddings extends Required<Omit<EmbeddingsSettings, "usdPerMillionTokens">> {
  /** Undefined if the price is not known. */
  usdPerMillionTokens?: number;
}

/** The most numbers that a vector may have: pgvector's limit for an HNSW index. */
export const maxDimensions = 2000;

/** Fills in the defaults. */
export function completeEmbeddings(settings: EmbeddingsSettings): CompleteEmbeddings {
  const { connection, model, baseModel = model } = settings;
  return {
    asksForDimensions: familyOf(baseModel).startsWith("text-embedding-3"),
    batchSize: 64,
    timeLimitMs: 1000,
    ...settings,
    baseModel,
    usdPerMillionTokens: settings.usdPerMillionTokens ?? embeddingPriceOf(connection.provider, baseModel),
  };
}
