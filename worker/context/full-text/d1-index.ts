import { findCandidates } from "./candidates.ts";
import type { DocumentsDatabase } from "./sql.ts";
import type { TextIndex } from "./text-index.ts";
import { askVocabulary } from "./vocabulary.ts";

/** The index of an assistant's documents in D1. */
export function indexInD1(database: DocumentsDatabase, assistant: string): TextIndex {
  return {
    findCandidates: (terms) => findCandidates(database, assistant, terms),
    askVocabulary: (queries) => askVocabulary(database, assistant, queries),
  };
}
