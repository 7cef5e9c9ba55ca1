import type { Assistant } from "../../../worker/assistants/assistant.ts";
import type { DocumentsDefinition } from "../../../worker/context/full-text/documents.ts";

/** Finds the source of an assistant that `documents()` has made. */
export function documentsOf({ context }: Pick<Assistant, "context">): DocumentsDefinition["documents"] | undefined {
  const sources: unknown = Reflect.get(Object(context), "searched");
  return Array.isArray(sources) ? sources.find(isDocuments)?.documents : undefined;
}

function isDocuments(source: unknown): source is DocumentsDefinition {
  return typeof source === "object" && source !== null && "documents" in source;
}
