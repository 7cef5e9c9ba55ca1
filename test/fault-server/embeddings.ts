import { hashWords } from "../../demo/stand-in/embeddings.ts";
import { jsonAnswer } from "./faults.ts";
import type { Scenario } from "./scenario.ts";

/** Changes of a good answer. */
export interface EmbeddingsAnswer {
  /** How many numbers a vector has. Default: as many as the request asks for, or 256. */
  dimensions?: number;
  /** How many vectors the answer has, if not one per text. */
  count?: number;
  /** Default: four characters per token. */
  tokens?: number;
}

/** An answer of an `/embeddings` endpoint: vectors of the words of each text. */
export function embeddingsAnswer(body: unknown, { dimensions, count, tokens }: EmbeddingsAnswer = {}): Scenario {
  const { input = [], model, ...asked } = (body ?? {}) as { input?: string[]; model?: string; dimensions?: number };
  const length = dimensions ?? asked.dimensions ?? 256;
  const data = input.slice(0, count).map((text, index) => {
    return { object: "embedding", index, embedding: hashWords(text, length) };
  });
  const used = tokens ?? Math.ceil(input.join("").length / 4);
  return jsonAnswer(200, { object: "list", model, data, usage: { prompt_tokens: used, total_tokens: used } });
}
