import { documents, type DocumentsSettings } from "../../../worker/context/full-text/documents.ts";
import type { DocumentsDatabase } from "../../../worker/context/full-text/sql.ts";

/** The passage that fits a question best, although it may not be good enough for an answer. */
export interface NearestDocument {
  path: string;
  /** The title of the document, with the headings above the passage. */
  title: string;
  url?: string;
  /** From 0 to 1, like `minScore`. */
  score: number;
}

/**
 * Searches an assistant's documents for a question, in the same way as the worker.
 * @returns undefined if no passage contains any of the question's words
 */
export async function nearestDocument(
  database: DocumentsDatabase,
  assistant: string,
  settings: Required<DocumentsSettings>,
  question: string,
): Promise<NearestDocument | undefined> {
  const env = { [settings.database]: database };
  const source = documents({ ...settings, minScore: 0 }).open({ assistant, env });
  const query = { text: question, question, conversation: [] };
  const limits = { maxResults: 1, maxTokens: Infinity };
  const [best] = await source.search(query, limits, new AbortController().signal);
  if (best === undefined) return undefined;
  const { id, title, url, score = 0 } = best;
  return { path: id.slice(0, id.lastIndexOf("#")), title, url, score };
}
