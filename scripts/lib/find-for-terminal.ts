import type { Assistant } from "../../worker/assistants/assistant.ts";
import { findContext, openSources, type FoundContext } from "../../worker/context/find-context.ts";
import { documentsOf } from "./ingest/documents-source.ts";
import { stateFolder } from "./state-folder.ts";

/** How long a search may take, in milliseconds. Nobody waits as a visitor does, and the database has just been opened. */
const timeLimitMs = 20_000;

/**
 * Searches an assistant's sources for a question: its documents on this machine, as `npm run ingest` has written them, and
 * sources of the operator's own that need no binding. The question is not translated.
 * @param variables of the worker, for sources of the operator's own
 */
export async function findForTerminal(
  { id, context }: Assistant,
  question: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<FoundContext> {
  const binding = documentsOf({ context })?.database;
  const opened = binding === undefined ? undefined : await openDocuments(binding);
  try {
    const env = binding === undefined ? variables : { ...variables, [binding]: opened?.database };
    const { sources, failures } = openSources(context.searched, { assistant: id, env });
    const { maxResults, maxTokens } = context;
    const { signal } = new AbortController();
    const options = { limits: { maxResults, maxTokens }, timeLimitMs, signal };
    const found = await findContext(sources, { question, conversation: [] }, options);
    return { ...found, failures: [...failures, ...found.failures] };
  } finally {
    await opened?.close();
  }
}

/** wrangler takes a second to load, which a question without documents should not take. */
async function openDocuments(binding: string) {
  return (await import("./ingest/local-database.ts")).openLocalDatabase(binding, stateFolder());
}
