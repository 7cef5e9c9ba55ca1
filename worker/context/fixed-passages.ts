import type { SearchResult } from "../assistants/definition.ts";
import type { ContextResult, ContextSourceDefinition } from "./source.ts";

/** What an assistant's list of sources can contain. */
export type ContextEntry = string | readonly SearchResult[] | ContextSourceDefinition;

/** Whether an entry is a source that is searched for each question. */
export function isSearched(entry: ContextEntry): entry is ContextSourceDefinition {
  return typeof entry === "object" && "open" in entry;
}

/**
 * The passages that an entry adds to every prompt. A text becomes one background passage, and a list becomes one
 * passage per item. A source adds none, because it is searched for each question.
 */
export function fixedPassages(entry: ContextEntry): ContextResult[] {
  if (typeof entry === "string") return [{ id: "text", title: "", content: entry }];
  if (isSearched(entry)) return [];
  return entry.map(({ title, content, source, score }, at) => {
    const where = /^https?:\/\//.test(source) ? { url: source } : { place: source };
    return { id: String(at + 1), title, content, ...where, score };
  });
}
