import type { Assistant } from "../assistants/assistant.ts";
import type { ContextResult } from "../context/source.ts";
import { cleanResults, cleanText } from "./clean.ts";
import type { NumberedResult } from "./parts.ts";
import { bytesIn } from "./tokens.ts";

/** What a model may base its answer on. */
export interface PromptContext {
  /** Background text, and the note about missing passages; empty if there is neither. */
  text: string;
  /** The passages for the question, with the same numbers as in the `sources` event. */
  results: readonly NumberedResult[];
}

/** The size of a context, or an upper bound while the context is not known yet. */
export interface ContextSize {
  /** Length of the text and of the content of all results together, in bytes of UTF-8. */
  bytes: number;
  /** How many results there are. */
  results: number;
}

/** The passages for a question's prompt, and the reason if the searched sources gave none. */
export interface RetrievedContext {
  /** In the order of their numbers. Passages without a title are background and have no number. */
  results: readonly ContextResult[];
  missing?: "nothing_found" | "unavailable";
}

/** What the model is told if the search gave no passages. It is added to the context's text. */
const notes: Record<NonNullable<RetrievedContext["missing"]>, string> = {
  nothing_found: "A search of the documents found no passage that fits the question.",
  unavailable: "The documents could not be searched for this question.",
};

const longestNoteBytes = 100;

/** A text has at most four bytes of UTF-8 per estimated token. */
const bytesPerToken = 4;

/** Numbers the passages that have a title, and joins the others and the note about missing ones into one text. */
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
 * Upper bound of the size of a question's context. It is known before the assistant's sources are searched.
 * @param page the page that the visitor is looking at; undefined if it is not part of the context
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

/** The size of a context that is known. */
export function sizeOfContext({ text, results }: PromptContext): ContextSize {
  const bytes = results.reduce((sum, { content }) => sum + bytesIn(content), bytesIn(text));
  return { bytes, results: results.length };
}

/** A context as models read it: without invisible characters, and without results that have no text. */
export function cleanContext({ text, results }: PromptContext): PromptContext {
  return { text: cleanText(text), results: cleanResults(results) };
}
