import type { IncomingMessage, ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { estimateTokens } from "./tokens.ts";
import { words } from "./words.ts";

/** The dimensions of the stand-in's vectors, unless a request asks for another number. */
const usualDimensions = 256;

/** The parts of a request that the stand-in reads. */
interface Body {
  model?: string;
  input?: string | string[];
  dimensions?: number;
}

/**
 * Answers a request for embeddings, as OpenAI's API does.
 * @see https://platform.openai.com/docs/api-reference/embeddings/create
 */
export async function answerEmbeddings(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body: unknown = JSON.parse(await readText(request));
  const { model, input = [], dimensions = usualDimensions } = isBody(body) ? body : {};
  const texts = [input].flat();
  const data = texts.map((text, index) => {
    return { object: "embedding", index, embedding: hashWords(text, dimensions) };
  });
  const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ object: "list", model, data, usage: { prompt_tokens: tokens, total_tokens: tokens } }));
}

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null;
}

/**
 * A vector of a text's words: each word counts in the dimension that its hash selects. Texts with the same words are
 * near each other. Unlike a real embedding model, it knows nothing about what words mean.
 */
export function hashWords(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const word of words(text)) {
    const at = hash(word) % dimensions;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  // A vector of zeros has no direction, so all texts without words get the same fixed vector.
  if (length === 0) return vector.map((_, at) => (at === 0 ? 1 : 0));
  return vector.map((value) => value / length);
}

/** FNV-1a. @see https://datatracker.ietf.org/doc/draft-eastlake-fnv/ */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (const character of word) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
