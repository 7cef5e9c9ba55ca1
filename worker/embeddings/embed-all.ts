import { estimateTokens } from "../prompt/tokens.ts";
import type { EmbeddingsAccess } from "./access.ts";
import { embed } from "./embed.ts";
import { EmbeddingsError } from "./embeddings-error.ts";
import type { Embedded } from "./read-vectors.ts";
import type { CompleteEmbeddings } from "./settings.ts";

/** How long one request of an ingestion may take, in milliseconds. No visitor is waiting for it. */
const timeLimitMs = 60_000;

/**
 * The maximum number of attempts per request, and the wait after the first attempt, in milliseconds. Each further wait
 * is twice as long, unless the server says how long to wait.
 */
const maxAttempts = 6;
const firstWaitMs = 500;

/** Longer texts are cut to this length, in UTF-16 units, before they are embedded. Models accept about 8,000 tokens. */
const maxTextChars = 8000;

/** Vectors of many texts, and how many tokens they took. */
export interface EmbeddedAll {
  vectors: readonly (readonly number[])[];
  /** If the server reports no tokens for a request, the tokens of this request are estimated. */
  tokens: number;
}

/**
 * Turns the passages of a document into vectors, `batchSize` of them per request. A request that fails temporarily is
 * sent again.
 * @throws EmbeddingsError, or the signal's reason
 */
export async function embedAll(
  texts: readonly string[],
  settings: CompleteEmbeddings,
  access: EmbeddingsAccess,
  signal: AbortSignal,
): Promise<EmbeddedAll> {
  const vectors: (readonly number[])[] = [];
  let tokens = 0;
  for (let at = 0; at < texts.length; at += settings.batchSize) {
    const batch = texts.slice(at, at + settings.batchSize).map((text) => text.slice(0, maxTextChars));
    const embedded = await embedPatiently(batch, settings, access, signal);
    vectors.push(...embedded.vectors);
    tokens += embedded.tokens ?? batch.reduce((sum, text) => sum + estimateTokens(text), 0);
  }
  return { vectors, tokens };
}

async function embedPatiently(
  batch: readonly string[],
  settings: CompleteEmbeddings,
  access: EmbeddingsAccess,
  signal: AbortSignal,
): Promise<Embedded> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await embed(batch, settings, access, { timeLimitMs, signal });
    } catch (error) {
      if (!(error instanceof EmbeddingsError) || !error.isTemporary || attempt === maxAttempts) throw error;
      await wait(error.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1), signal);
    }
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = () => reject(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
