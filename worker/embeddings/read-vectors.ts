import { countIn, isRecord, recordIn } from "../providers/narrow.ts";
import { EmbeddingsError } from "./embeddings-error.ts";

/** What a request for embeddings returned. */
export interface Embedded {
  /** One per text, in the order of the texts. */
  vectors: readonly (readonly number[])[];
  /** The number of tokens that the server reports; undefined if it reports none. */
  tokens: number | undefined;
}

/**
 * Reads the answer of an `/embeddings` endpoint.
 * @param body parsed JSON of any shape
 * @throws EmbeddingsError if the answer does not have exactly one vector of the right length per text
 * @see https://platform.openai.com/docs/api-reference/embeddings/object
 */
export function readVectors(body: unknown, count: number, model: string, dimensions: number): Embedded {
  const data: unknown = isRecord(body) ? body.data : undefined;
  if (!isRecord(body) || !Array.isArray(data)) throw new EmbeddingsError(`${model} returned no list of vectors.`);
  if (data.length !== count) {
    throw new EmbeddingsError(`${model} returned ${data.length} vectors for ${count} texts.`);
  }
  const vectors: (readonly number[])[] = Array.from({ length: count }, () => []);
  for (const [at, each] of data.entries()) {
    const item: unknown = each;
    const index = isRecord(item) ? (countIn(item, "index") ?? at) : at;
    const vector: unknown = isRecord(item) ? item.embedding : undefined;
    if (!isVector(vector) || vectors[index]?.length !== 0) {
      throw new EmbeddingsError(`${model} did not return one valid vector for each text.`);
    }
    if (vector.length !== dimensions) {
      throw new EmbeddingsError(
        `${model} returned vectors with ${vector.length} numbers, but the assistant's file says ${dimensions}: correct \`dimensions\` there, then run \`npm run ingest\`.`,
      );
    }
    vectors[index] = vector;
  }
  const usage = recordIn(body, "usage");
  return { vectors, tokens: countIn(usage, "prompt_tokens") ?? countIn(usage, "total_tokens") };
}

/**
 * Whether a value is a list of numbers that can be a vector. Models and pgvector use 32-bit floating-point numbers, so
 * a number outside their range is not valid.
 */
function isVector(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each: unknown) => typeof each === "number" && Number.isFinite(Math.fround(each)))
  );
}
