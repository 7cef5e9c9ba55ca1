import { maxDimensions, type CompleteEmbeddings } from "../../embeddings/settings.ts";
import { ContextError } from "../source.ts";

/** Vectors that can be compared with each other: those of one assistant, one model and one number of dimensions. */
export interface Space {
  name: string;
  /** The SQL type of its vectors, as in `vector(1536)`. */
  type: string;
}

/** Names what made a vector: the model and the number of dimensions. Vectors made in other ways cannot be compared. */
export function modelOf({ baseModel, dimensions }: CompleteEmbeddings): string {
  return `${baseModel} ${dimensions}`;
}

/** The space of an assistant's vectors. @throws ContextError if an index cannot have that number of dimensions */
export function spaceOf(assistant: string, embeddings: CompleteEmbeddings): Space {
  const { dimensions } = embeddings;
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > maxDimensions) {
    throw new ContextError(`dimensions is ${dimensions}: write a whole number from 1 to ${maxDimensions}.`);
  }
  return { name: `${assistant} ${modelOf(embeddings)}`, type: `vector(${dimensions})` };
}
