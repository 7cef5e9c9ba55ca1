import type { Assistant } from "../../../worker/assistants/assistant.ts";

/** What ingestion must know of an assistant's documents. */
export interface DocumentsSettings {
  /** BCP 47. */
  language: string;
  /** The name of the D1 binding. */
  database: string;
}

/** Finds the source of an assistant that `documents()` has made. */
export function documentsOf({ context }: Pick<Assistant, "context">): DocumentsSettings | undefined {
  return context.searched.map(settingsOf).find((settings) => settings !== undefined);
}

function settingsOf(source: unknown): DocumentsSettings | undefined {
  const settings: unknown = Reflect.get(Object(source), "documents");
  const [language, database]: unknown[] = ["language", "database"].map((name) => Reflect.get(Object(settings), name));
  return typeof language === "string" && typeof database === "string" ? { language, database } : undefined;
}
