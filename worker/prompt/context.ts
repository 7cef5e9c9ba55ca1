import type { Assistant } from "../assistants/assistant.ts";
import type { ContextResult } from "../context/source.ts";
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

/** The passages that a question's prompt is made with, and why there are none of the sources that were searched. */
export interface RetrievedContext {
  /** In the order of their numbers. Those without a title are background and have none. */
  results: readonly ContextResult[];
  missing?: "nothing_found" | "unavailable";
}

/** What the model is told instead of passages, as the operator's own text. */
const notes: Record<NonNullable<RetrievedContext["missing"]>, string> = {
  nothing_found: "A search of the documents found no passage that fits the question.",
  unavailable: "The documents could not be searched for this question.",
};

const longestNoteBytes = 100;

/** UTF-8 has at most four bytes per estimated token. */
const bytesPerToken = 4;

/** Numbers the passages that have a title, and joins the others to one text. */
export function promptContext({ results, missing }: RetrievedContext): PromptContext {
  const background = results.filter(({ title }) => title === "").map(({ content }) => content);
  const numbered = results.filter(({ title }) => title !== "");
  return {
    text: [...background, ...(missing === undefined ? [] : [notes[missing]])].join("\n\n"),
    results: numbered.map(({ title, content, url, place }, at): NumberedResult => {
      return { index: at + 1, title, source: url ?? place ?? title, url, content };
    }),
  };
}

/**
 * Upper bound of a question's context, before the assistant's sources are searched.
 * @param page what the visitor is looking at
 */
export function maxContextSize(
  { fixed, searched, maxTokens, maxResults }: Assistant["context"],
  page?: ContextResult,
): ContextSize {
  const known = sizeOfContext(promptContext({ results: page === undefined ? fixed : [page, ...fixed] }));
  if (searched.length === 0) return known;
  const bytes = known.bytes + bytesPerToken * maxTokens + longestNoteBytes;
  return { bytes, results: known.results + maxResults };
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
