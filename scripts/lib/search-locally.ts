import { ContextError } from "../../worker/context/source.ts";
import type { PromptParts } from "../../worker/prompt/assemble.ts";
import type { RetrievedContext } from "../../worker/prompt/context.ts";
import type { Provider } from "../../worker/providers/provider.ts";
import { searchContext } from "../../worker/turn/search-context.ts";
import { translateQuestion } from "../../worker/turn/translate-question.ts";
import { isDocuments } from "./ingest/documents-source.ts";
import { warn } from "./mistake.ts";

/** What a search needs besides the question. */
export interface LocalSearch {
  variables: Readonly<Record<string, string | undefined>>;
  /** The folder with the worker's state, which includes the documents. */
  state: string;
  /** The provider of the assistant's first model, which translates the question. */
  provider: Provider;
  signal: AbortSignal;
}

/** No ledger counts what the operator asks in the terminal. */
const unlimited = { reserve: () => Promise.resolve(), failed: () => undefined, ended: () => undefined };

/**
 * Searches an assistant's sources as its worker on this machine does, and warns about those that cannot be searched.
 * @throws Mistake if wrangler.toml does not contain the database of a source
 */
export async function searchLocally(prompt: PromptParts, search: LocalSearch): Promise<RetrievedContext> {
  const { assistant } = prompt;
  const bindings = assistant.context.searched.filter(isDocuments).map(({ documents }) => documents.database);
  const opened = await openDatabases(new Set(bindings), search.state);
  const { variables, provider, signal } = search;
  const env = { ...variables, ...Object.fromEntries(opened.map(({ binding, database }) => [binding, database])) };
  const [model] = assistant.models;
  const translate = async (text: string, language: string): Promise<string | undefined> => {
    const parts = { model, provider, spending: unlimited, onUsage: () => undefined };
    try {
      return await translateQuestion(text, language, parts, signal);
    } catch (error) {
      warn(`The question could not be translated for the search: ${messageOf(error)}`);
      return undefined;
    }
  };
  try {
    const { failures, ...retrieved } = await searchContext(prompt, { env, reserve: undefined, translate, signal });
    for (const { source, error } of failures) warn(`The source ${source} could not be searched. ${messageOf(error)}`);
    return retrieved;
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}

/** Opens the databases. The code for that takes a second to load, so it is imported only if there are any. */
async function openDatabases(bindings: ReadonlySet<string>, state: string) {
  if (bindings.size === 0) return [];
  const { openLocalDatabase } = await import("./ingest/local-database.ts");
  return Promise.all(
    Array.from(bindings, async (binding) => ({ binding, ...(await openLocalDatabase(binding, state)) })),
  );
}

/**
 * The message of a {@link ContextError} says what the operator can do; any other error is a bug of a source, so its
 * stack is shown.
 */
function messageOf(error: unknown): string {
  if (error instanceof ContextError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
