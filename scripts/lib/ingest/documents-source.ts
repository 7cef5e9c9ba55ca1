import type { Assistant } from "../../../worker/assistants/assistant.ts";
import type { DocumentsDefinition } from "../../../worker/context/full-text/documents.ts";

/** Finds the source of an assistant that `documents()` has made. */
export function documentsOf({ context }: Pick<Assistant, "context">): DocumentsDefinition["documents"] | undefined {
  return context.searched.find(isDocuments)?.documents;
}

/** Whether a source is one that `documents()` has made. */
export function isDocuments(source: unknown): source is DocumentsDefinition {
  return typeof source === "object" && source !== null && "documents" in source;
}
