import { maxDimensions, type CompleteEmbeddings } from "../../embeddings/settings.ts";
import { ContextError } from "../source.ts";

/** The vectors that can be compared with each other: of one assistant, one model and one number of dimensions. */
export interface Space {
  name: string;
  /** How SQL names the type of its vectors. */
  type: string;
}

/** What a model makes of a text. Another model, or another number of dimensions, makes something else. */
export function modelOf({ baseModel, dimensions }: CompleteEmbeddings): string {
  return `${baseModel} ${dimensions}`;
}

/** @throws ContextError if an index cannot have that many dimensions */
export function spaceOf(assistant: string, embeddings: CompleteEmbeddings): Space {
  const { dimensions } = embeddings;
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > maxDimensions) {
    throw new ContextError(`dimensions is ${dimensions}: write a whole number from 1 to ${maxDimensions}.`);
  }
  return { name: `${assistant} ${modelOf(embeddings)}`, type: `vector(${dimensions})` };
}
