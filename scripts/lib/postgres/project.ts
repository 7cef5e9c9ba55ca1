import { project as own } from "../../../assistants/index.ts";
import type { Assistant } from "../../../worker/assistants/assistant.ts";
import type { Project } from "../../../worker/assistants/project.ts";
import { postgresDocuments } from "../../../worker/context/postgres/documents.ts";
import type { ContextSourceDefinition } from "../../../worker/context/source.ts";
import { documentsOf } from "../ingest/documents-source.ts";

/**
 * The project of `npm run start:postgres`: the operator's own, with Postgres in place of D1 for every assistant that
 * has documents. The vectors of the documents come from the project's first connection to Azure, or to a server with
 * OpenAI's API. Without such a connection, the search uses only the text.
 */
export const project: Project = {
  ...own,
  assistants: new Map(Array.from(own.assistants, ([id, assistant]) => [id, onPostgres(assistant)])),
};

function onPostgres(assistant: Assistant): Assistant {
  const searched = assistant.context.searched.map(withPostgres);
  return { ...assistant, context: { ...assistant.context, searched } };
}

function withPostgres(source: ContextSourceDefinition): ContextSourceDefinition {
  const settings = documentsOf({ searched: [source] });
  const connection = Object.values(own.connections).find(({ provider }) => provider === "azure");
  if (settings === undefined) return source;
  const { language, minScore } = settings;
  if (connection === undefined) return postgresDocuments({ language, minScore, search: "text" });
  const embeddings = { connection, model: "text-embedding-3-small", dimensions: 512 };
  return postgresDocuments({ language, minScore, search: "hybrid", embeddings });
}
