import { completeQuestion, leansOnConversation } from "./complete-question.ts";
import { mergeResults } from "./merge-results.ts";
import { searchSources, type SearchBounds, type SourceFailure } from "./search-sources.ts";
import type { ContextQuery, ContextResult, ContextScope, ContextSource, ContextSourceDefinition } from "./source.ts";
import { detectLanguage } from "./text/detect-language.ts";

/** What the sources know about a question. */
export interface FoundContext {
  /** Most relevant first, within the limits. */
  results: readonly ContextResult[];
  /** Why there are no results: no passage fits the question, or no source could be searched. */
  missing?: "nothing_found" | "unavailable";
  failures: readonly SourceFailure[];
}

/** Options of {@link findContext}. */
export interface FindOptions extends SearchBounds {
  /**
   * Translates a text, if the assistant allows it.
   * @param language a BCP 47 tag
   * @returns undefined if it could not be translated
   */
  translate?: (text: string, language: string) => Promise<string | undefined>;
}

/** Opens sources. One that cannot be opened counts as failed. */
export function openSources(definitions: readonly ContextSourceDefinition[], scope: ContextScope) {
  const sources: ContextSource[] = [];
  const failures: SourceFailure[] = [];
  for (const definition of definitions) {
    try {
      sources.push(definition.open(scope));
    } catch (error) {
      failures.push({ source: definition.name, error });
    }
  }
  return { sources, failures };
}

/**
 * Searches the sources for a question. A question that refers to earlier ones is searched together with them. If that
 * finds nothing, it is searched alone. Any other question is searched alone first, then together with the earlier ones.
 * If neither search finds anything, and the question seems to be in none of the documents' languages, its translation
 * is searched. The promise rejects only if `translate` does.
 */
export async function findContext(
  sources: readonly ContextSource[],
  { question, conversation }: Omit<ContextQuery, "text">,
  options: FindOptions,
): Promise<FoundContext> {
  const failures = new Map<string, SourceFailure>();
  const search = async (text: string): Promise<ContextResult[]> => {
    const outcome = await searchSources(sources, { text, question, conversation }, options);
    for (const failure of outcome.failures) failures.set(failure.source, failure);
    hasSearched ||= outcome.found.length > 0;
    return mergeResults(outcome.found, options.limits);
  };
  let hasSearched = false;
  const completed = completeQuestion(question, conversation);
  const first = completed !== undefined && leansOnConversation(question) ? completed : question;
  const second = first === question ? completed : question;

  let results = await search(first);
  const canGoOn = () => results.length === 0 && hasSearched && !options.signal.aborted;
  if (canGoOn() && second !== undefined) results = await search(second);
  const language = otherLanguage(question, sources);
  if (canGoOn() && language !== undefined && options.translate) {
    const translated = await options.translate(first, language);
    if (translated !== undefined) results = await search(translated);
  }
  const found = { results, failures: [...failures.values()] };
  if (results.length > 0) return found;
  return { ...found, missing: hasSearched ? "nothing_found" : "unavailable" };
}

/** The first language of the documents, if the question seems to be in none of their languages. */
function otherLanguage(question: string, sources: readonly ContextSource[]): string | undefined {
  const languages = sources.flatMap(({ language }) => language ?? []).map((tag) => tag.toLowerCase().split("-")[0]);
  const asked = detectLanguage(question);
  return asked === undefined || languages.includes(asked) ? undefined : languages[0];
}
