import type { SearchResult } from "../assistants/definition.ts";
import type { ContextResult, ContextSourceDefinition } from "./source.ts";

/** What may stand in an assistant's list of sources. */
export type ContextEntry = string | readonly SearchResult[] | ContextSourceDefinition;

/** Whether an entry is a source that is searched for each question. */
export function isSearched(entry: ContextEntry): entry is ContextSourceDefinition {
  return typeof entry === "object" && "open" in entry;
}

/** The passages of an entry that are part of every prompt: its text as background, or its list; none for a source. */
export function fixedPassages(entry: ContextEntry): ContextResult[] {
  if (typeof entry === "string") return [{ id: "text", title: "", content: entry }];
  if (isSearched(entry)) return [];
  return entry.map(({ title, content, source, score }, at) => {
    const where = /^https?:\/\//.test(source) ? { url: source } : { place: source };
    return { id: String(at + 1), title, content, ...where, score };
  });
}
