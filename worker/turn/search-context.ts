import { findContext, openSources, type FindOptions, type FoundContext } from "../context/find-context.ts";
import { withoutRepetitions } from "../context/page.ts";
import type { ContextResult, ContextScope } from "../context/source.ts";
import type { PromptParts } from "../prompt/assemble.ts";
import { cleanText } from "../prompt/clean.ts";
import type { RetrievedContext } from "../prompt/context.ts";
import { isBlank, textOf } from "../prompt/parts.ts";

/** How an assistant's sources are searched. */
export interface ContextSearch {
  /** What the visitor is looking at. */
  page?: ContextResult;
  /** The worker's bindings and variables, for the sources. */
  env: ContextScope["env"];
  /** Reserves the cost of a source's request. */
  reserve: ContextScope["reserve"];
  /** Translates a question; called only if the assistant allows it. */
  translate: NonNullable<FindOptions["translate"]>;
  signal: AbortSignal;
}

/**
 * Finds the context of a question's prompt: the page, then the fixed passages, then the passages that the sources find.
 * It never rejects.
 */
export async function searchContext(
  { assistant: { id: assistant, context }, history, question }: PromptParts,
  { page, env, reserve, translate, signal }: ContextSearch,
): Promise<RetrievedContext & Pick<FoundContext, "failures">> {
  const { fixed, searched, maxResults, maxTokens, timeLimitMs, translateQuestions } = context;
  const given = page !== undefined && isReadable(page) ? [page, ...fixed] : fixed;
  if (searched.length === 0) return { results: given, failures: [] };
  const { sources, failures } = openSources(searched, { assistant, env, reserve });
  const found = await findContext(
    sources,
    {
      question: textOf(question),
      conversation: history.turns.map((turn) => ({ question: textOf(turn.question), answer: turn.answer })),
    },
    { limits: { maxResults, maxTokens }, timeLimitMs, signal, ...(translateQuestions ? { translate } : {}) },
  );
  return {
    results: [...given, ...(page === undefined ? found.results : withoutRepetitions(found.results, page))].filter(
      isReadable,
    ),
    missing: found.missing,
    failures: [...failures, ...found.failures],
  };
}

/** Whether a passage has anything that a reader would see. */
function isReadable({ content }: ContextResult): boolean {
  return !isBlank(cleanText(content));
}
