import type { Assistant } from "../assistants/assistant.ts";
import { cleanResults, cleanText } from "./clean.ts";
import type { NumberedResult } from "./parts.ts";
import { bytesIn } from "./tokens.ts";

/** What a model may base its answer on. */
export interface PromptContext {
  /** The operator's own text; empty if there is none. */
  text: string;
  /** What was found for the question. Their numbers are those of the `sources` event. */
  results: readonly NumberedResult[];
}

/** Upper bound of a context that is not known yet. */
export interface ContextSize {
  /** Of the text and of the content of all results together, in bytes of UTF-8. */
  bytes: number;
  /** How many results there are. */
  results: number;
}

/** The context in an assistant's file: a text, or results that are the same for every question. */
export function fixedContext(context: Assistant["context"] = ""): PromptContext {
  if (typeof context === "string") return { text: context, results: [] };
  const results = context.map(({ title, source, content }, at): NumberedResult => {
    const url = /^https?:\/\//.test(source) ? source : undefined;
    return { index: at + 1, title, source, url, content };
  });
  return { text: "", results };
}

/** How large a context is that is known. */
export function sizeOfContext({ text, results }: PromptContext): ContextSize {
  const bytes = results.reduce((sum, { content }) => sum + bytesIn(content), bytesIn(text));
  return { bytes, results: results.length };
}

/** A context as models read it: without what a reader of the documents would not see. */
export function cleanContext({ text, results }: PromptContext): PromptContext {
  return { text: cleanText(text), results: cleanResults(results) };
}
