import { ChatError, isRetryable } from "../../protocol/index.ts";
import { errorFromRefusal } from "../providers/refusal.ts";
import { readJson } from "../providers/read-json.ts";
import type { EmbeddingsAccess } from "./access.ts";
import { EmbeddingsError } from "./embeddings-error.ts";
import { readVectors, type Embedded } from "./read-vectors.ts";
import type { CompleteEmbeddings } from "./settings.ts";

/** Upper bound of the size of one number in a response, in bytes: sign, 17 digits, exponent, comma and line break. */
const bytesPerNumber = 32;
/** How large the rest of a response, besides its vectors, may be, in bytes. */
const otherBytes = 64 * 1024;

/**
 * Turns texts into vectors, with one request.
 * @param texts the texts; none may be empty
 * @param timeLimitMs how long the request may take
 * @throws EmbeddingsError, or the signal's reason as soon as it is aborted
 */
export async function embed(
  texts: readonly string[],
  { model, dimensions, asksForDimensions }: Pick<CompleteEmbeddings, "model" | "dimensions" | "asksForDimensions">,
  access: EmbeddingsAccess,
  { timeLimitMs, signal }: { timeLimitMs: number; signal: AbortSignal },
): Promise<Embedded> {
  const tooLate = AbortSignal.timeout(timeLimitMs);
  const body = {
    model,
    input: texts.map((text) => text.toWellFormed()),
    encoding_format: "float",
    ...(asksForDimensions ? { dimensions } : {}),
  };
  try {
    const response = await access.post(model, body, AbortSignal.any([signal, tooLate]));
    if (response.status !== 200) throw await errorFromRefusal(response, "The embeddings server");
    const json = await readJson(response, otherBytes + texts.length * dimensions * bytesPerNumber);
    return readVectors(json, texts.length, model, dimensions);
  } catch (error) {
    signal.throwIfAborted();
    if (tooLate.aborted) {
      throw new EmbeddingsError(`The embeddings took longer than ${timeLimitMs} ms.`, {
        isTemporary: true,
        cause: error,
      });
    }
    throw error instanceof EmbeddingsError ? error : toEmbeddingsError(error);
  }
}

function toEmbeddingsError(error: unknown): EmbeddingsError {
  if (!(error instanceof ChatError)) {
    const message = "The embeddings server's response was cut off.";
    return new EmbeddingsError(message, { isTemporary: true, cause: error });
  }
  const { code, detail = "", retryAfterMs } = error;
  return new EmbeddingsError(detail.replace("The provider", "The embeddings server"), {
    // A server error may have cost something.
    isFree: code !== "provider_unavailable",
    isTemporary: isRetryable(code),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    cause: error,
  });
}
