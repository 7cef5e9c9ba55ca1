import type { Reserve } from "../context/source.ts";
import { costOfTokens } from "../models/embedding-prices.ts";
import { bytesIn } from "../prompt/tokens.ts";
import type { EmbeddingsAccess } from "./access.ts";
import { embed } from "./embed.ts";
import { EmbeddingsError } from "./embeddings-error.ts";
import type { CompleteEmbeddings } from "./settings.ts";

/** The longest text that is embedded, in UTF-16 units. Only the end of a longer text is used. */
const maxQuestionChars = 4000;

/** What a question's vector is made with. */
export interface QuestionEmbedding {
  settings: CompleteEmbeddings;
  access: EmbeddingsAccess;
  /** Undefined outside of a turn. */
  reserve: Reserve | undefined;
}

/**
 * Turns a question into a vector. Its cost is reserved before the request, and settled with the tokens that the server
 * reports.
 * @throws EmbeddingsError, an error of the reservation, or the signal's reason
 */
export async function embedQuestion(
  question: string,
  { settings, access, reserve }: QuestionEmbedding,
  signal: AbortSignal,
): Promise<readonly number[]> {
  // The question itself usually follows what it refers to.
  const text = question.slice(-maxQuestionChars).toWellFormed();
  const { usdPerMillionTokens = 0, timeLimitMs } = settings;
  const maxTokens = bytesIn(text); // no token is shorter than a byte
  const bound = costOfTokens(maxTokens, usdPerMillionTokens);
  const settle = await reserve?.(bound);
  try {
    const { vectors, tokens = maxTokens } = await embed([text], settings, access, { timeLimitMs, signal });
    settle?.(costOfTokens(Math.min(tokens, maxTokens), usdPerMillionTokens));
    return vectors[0] ?? [];
  } catch (error) {
    settle?.(error instanceof EmbeddingsError && error.isFree ? 0 : bound);
    throw error;
  }
}
