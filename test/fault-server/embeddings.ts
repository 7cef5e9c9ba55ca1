import { hashWords } from "../../demo/stand-in/embeddings.ts";
import { jsonAnswer } from "./faults.ts";
import type { Scenario } from "./scenario.ts";

/** How an answer differs from a good one. */
export interface EmbeddingsAnswer {
  /** How many numbers a vector has. Default: as many as the request asks for, or 256. */
  dimensions?: number;
  /** How many vectors the answer has at most. Default: one per text. */
  count?: number;
  /** How many tokens the answer reports. Default: one per four characters of the texts. */
  tokens?: number;
}

/** The answer of an `/embeddings` endpoint: a vector per text, made from its words. */
export function embeddingsAnswer(body: unknown, { dimensions, count, tokens }: EmbeddingsAnswer = {}): Scenario {
  const { input = [], model, ...asked } = (body ?? {}) as { input?: string[]; model?: string; dimensions?: number };
  const length = dimensions ?? asked.dimensions ?? 256;
  const data = input.slice(0, count).map((text, index) => {
    return { object: "embedding", index, embedding: hashWords(text, length) };
  });
  const used = tokens ?? Math.ceil(input.join("").length / 4);
  return jsonAnswer(200, { object: "list", model, data, usage: { prompt_tokens: used, total_tokens: used } });
}
