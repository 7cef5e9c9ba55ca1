import type { Source } from "../../protocol/index.ts";
import { findContext, openSources } from "../context/find-context.ts";
import { withoutRepetitions } from "../context/page.ts";
import { ContextError, type ContextResult, type ContextScope } from "../context/source.ts";
import { describeBug, log, type LogFields } from "../log.ts";
import type { PromptParts } from "../prompt/assemble.ts";
import type { RetrievedContext } from "../prompt/context.ts";
import { cleanText } from "../prompt/clean.ts";
import { isBlank, textOf } from "../prompt/parts.ts";
import type { TurnSpending } from "../ledger/spending.ts";
import type { AnswerDraft } from "./answer-draft.ts";
import type { ConnectedModel } from "./answer-question.ts";
import { plainText } from "./plain-text.ts";
import { translateQuestion } from "./translate-question.ts";
import type { Turn } from "./turn.ts";

/** What a retrieval needs besides the turn. */
export interface RetrievalParts {
  /** The worker's bindings and variables, for the sources. */
  env: ContextScope["env"];
  /** The reservation of a translation, apart from the answer's. */
  translationSpending: TurnSpending;
  /** What the visitor is looking at. */
  page?: ContextResult;
}

interface QuestionOfTurn {
  turn: Turn;
  draft: AnswerDraft;
  prompt: PromptParts;
  models: readonly [ConnectedModel, ...ConnectedModel[]];
}

/** Maximum length of a source excerpt sent to the browser, in UTF-16 units. */
const snippetChars = 200;

/**
 * Retrieves what the prompt is made with, and tells the page of it. A source that fails costs the turn nothing but its
 * passages: a warning says so. It never rejects; after an abort it ends without a word, because the turn has ended.
 */
export async function retrieveContext(
  retrieval: RetrievalParts,
  question: QuestionOfTurn,
  signal: AbortSignal,
): Promise<RetrievedContext> {
  const { turn, draft, prompt } = question;
  const { fixed, searched } = prompt.assistant.context;
  const { page } = retrieval;
  const given = page === undefined || isUnreadable(page) ? fixed : [page, ...fixed];
  if (searched.length === 0) {
    tellSources(turn, given);
    return { results: given };
  }
  const startedAt = Date.now();
  turn.beginRetrieval();
  const { results, missing, failures } = await search(retrieval, question, signal);
  if (signal.aborted) return { results: [] };
  draft.contextMs = Date.now() - startedAt;
  for (const { source, error } of failures) {
    log("error", "context_failed", { assistant: prompt.assistant.id, source, ...describeFailure(error) });
  }
  if (failures.length > 0) {
    const detail = "The documents could not be searched, or not all of them.";
    turn.emit({ type: "warning", code: "context_unavailable", detail });
  }
  const further = page === undefined ? results : withoutRepetitions(results, page);
  const all = [...given, ...further].filter((result) => !isUnreadable(result));
  tellSources(turn, all);
  return { results: all, missing };
}

async function search(retrieval: RetrievalParts, { draft, prompt, models }: QuestionOfTurn, signal: AbortSignal) {
  const { id: assistant, context } = prompt.assistant;
  const { maxResults, maxTokens, timeLimitMs, translateQuestions } = context;
  const { sources, failures } = openSources(context.searched, { assistant, env: retrieval.env });
  const translate = async (text: string, language: string): Promise<string | undefined> => {
    const onUsage = draft.addEarlierUsage.bind(draft);
    const parts = { ...models[0], spending: retrieval.translationSpending, onUsage };
    try {
      return await translateQuestion(text, language, parts, signal);
    } catch (error) {
      log("warning", "translation_failed", { assistant, ...describeBug(error) });
      return undefined;
    }
  };
  const found = await findContext(
    sources,
    {
      question: textOf(prompt.question),
      conversation: prompt.history.turns.map(({ question, answer }) => ({ question: textOf(question), answer })),
    },
    { limits: { maxResults, maxTokens }, timeLimitMs, signal, ...(translateQuestions ? { translate } : {}) },
  );
  return { ...found, failures: [...failures, ...found.failures] };
}

function describeFailure(error: unknown): LogFields {
  return error instanceof ContextError ? { detail: error.message } : describeBug(error);
}

/** Whether a reader would see nothing of it. */
function isUnreadable({ content }: ContextResult): boolean {
  return isBlank(cleanText(content));
}

function tellSources(turn: Turn, results: readonly ContextResult[]): void {
  const sources = results.filter(({ title }) => title !== "").map(describeSource);
  if (sources.length > 0) turn.emit({ type: "sources", sources });
}

function describeSource({ id, kind, title, url, content, score }: ContextResult, at: number): Source {
  return {
    index: at + 1,
    id,
    kind,
    title: cleanText(title),
    url,
    snippet: plainText(cleanText(content.slice(0, 2 * snippetChars)))
      .slice(0, snippetChars)
      .toWellFormed(),
    score,
  };
}
