import type { Assistant } from "../../../worker/assistants/assistant.ts";
import type { DocumentsDefinition } from "../../../worker/context/full-text/documents.ts";
import type { PostgresDocumentsDefinition } from "../../../worker/context/postgres/documents.ts";

/** Finds the source of an assistant that `documents()` has made. */
export function documentsOf({ context }: Pick<Assistant, "context">): DocumentsDefinition["documents"] | undefined {
  return context.searched.find(isDocuments)?.documents;
}

/** Finds the source of an assistant that `postgresDocuments()` has made. */
export function postgresDocumentsOf({
  context,
}: Pick<Assistant, "context">): PostgresDocumentsDefinition["postgresDocuments"] | undefined {
  return context.searched.find(isPostgresDocuments)?.postgresDocuments;
}

function isPostgresDocuments(source: unknown): source is PostgresDocumentsDefinition {
  return typeof source === "object" && source !== null && "postgresDocuments" in source;
}

function isDocuments(source: unknown): source is DocumentsDefinition {
  return typeof source === "object" && source !== null && "documents" in source;
}
