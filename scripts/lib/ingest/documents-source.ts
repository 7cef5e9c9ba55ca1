import type { AssistantContext } from "../../../worker/assistants/assistant.ts";
import type { DocumentsDefinition } from "../../../worker/context/full-text/documents.ts";
import type { PostgresDocumentsDefinition } from "../../../worker/context/postgres/documents.ts";

/** Finds the source of an assistant's context that `documents()` has made. */
export function documentsOf({
  searched,
}: Pick<AssistantContext, "searched">): DocumentsDefinition["documents"] | undefined {
  return searched.find(isDocuments)?.documents;
}

/** Finds the source of an assistant's context that `postgresDocuments()` has made. */
export function postgresDocumentsOf({
  searched,
}: Pick<AssistantContext, "searched">): PostgresDocumentsDefinition["postgresDocuments"] | undefined {
  return searched.find(isPostgresDocuments)?.postgresDocuments;
}

function isPostgresDocuments(source: unknown): source is PostgresDocumentsDefinition {
  return typeof source === "object" && source !== null && "postgresDocuments" in source;
}

/** Whether a source is one that `documents()` has made. */
export function isDocuments(source: unknown): source is DocumentsDefinition {
  return typeof source === "object" && source !== null && "documents" in source;
}
