import { ChatError, type Source } from "../../protocol/index.ts";
import { ContextError, type ContextResult, type ContextScope, type Reserve } from "../context/source.ts";
import { describeBug, log, type LogFields } from "../log.ts";
import type { PromptParts } from "../prompt/assemble.ts";
import type { RetrievedContext } from "../prompt/context.ts";
import { cleanText } from "../prompt/clean.ts";
import type { TurnSpending } from "../ledger/spending.ts";
import type { AnswerDraft } from "./answer-draft.ts";
import type { ConnectedModel } from "./answer-question.ts";
import { plainText } from "./plain-text.ts";
import { searchContext } from "./search-context.ts";
import { translateQuestion } from "./translate-question.ts";
import type { Turn } from "./turn.ts";

/** What a retrieval needs besides the turn. */
export interface RetrievalParts {
  /** The worker's bindings and variables, for the sources. */
  env: ContextScope["env"];
  /** The spending of a translation, separate from the answer's. */
  translationSpending: TurnSpending;
  /** What the visitor is looking at. */
  page?: ContextResult;
  /** Reserves the cost of a source's request, separately from the answer's cost. */
  reserve: Reserve;
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
 * Retrieves the context of the prompt, and sends the browser the sources. If a source fails, only its passages are
 * missing, and a warning is sent. It never rejects; after an abort it returns no results and sends nothing, because the
 * turn has ended.
 * @param turnAllowed resolves once the turn itself is reserved. No source sends a request that costs something before
 *   that
 */
export async function retrieveContext(
  retrieval: RetrievalParts,
  question: QuestionOfTurn,
  turnAllowed: Promise<void>,
  signal: AbortSignal,
): Promise<RetrievedContext> {
  const { turn, draft, prompt } = question;
  const { page, env } = retrieval;
  const isSearching = prompt.assistant.context.searched.length > 0;
  const startedAt = Date.now();
  if (isSearching) turn.beginRetrieval();
  const translate = translatorOf(retrieval, question, signal);
  const reserve: Reserve = (nanoUsd) => reserveAfter(turnAllowed, retrieval.reserve(nanoUsd));
  const { failures, ...retrieved } = await searchContext(prompt, { page, env, reserve, translate, signal });
  if (signal.aborted) return { results: [] };
  if (isSearching) draft.contextMs = Date.now() - startedAt;
  draft.isUnanswered = retrieved.missing === "nothing_found" && prompt.assistant.context.keepUnanswered;
  for (const { source, error } of failures) {
    log("error", "context_failed", { assistant: prompt.assistant.id, source, ...describeFailure(error) });
  }
  if (failures.length > 0) {
    const detail = "Some or all of the documents could not be searched.";
    turn.emit({ type: "warning", code: "context_unavailable", detail });
  }
  tellSources(turn, retrieved.results);
  return retrieved;
}

/** Returns a function that translates with the assistant's own model. If a translation fails, it returns undefined. */
function translatorOf(
  { translationSpending: spending }: RetrievalParts,
  { draft, prompt, models }: QuestionOfTurn,
  signal: AbortSignal,
) {
  const onUsage = draft.addEarlierUsage.bind(draft);
  return async (text: string, language: string): Promise<string | undefined> => {
    try {
      return await translateQuestion(text, language, { ...models[0], spending, onUsage }, signal);
    } catch (error) {
      log("warning", "translation_failed", { assistant: prompt.assistant.id, ...describeBug(error) });
      return undefined;
    }
  };
}

/** Waits for both reservations at the same time. If the turn is refused, the request is not sent and costs nothing. */
async function reserveAfter(turnAllowed: Promise<void>, reserving: ReturnType<Reserve>): ReturnType<Reserve> {
  const [turn, request] = await Promise.allSettled([turnAllowed, reserving]);
  if (request.status === "rejected") throw request.reason;
  if (turn.status === "fulfilled") return request.value;
  request.value(0);
  throw turn.reason;
}

function describeFailure(error: unknown): LogFields {
  if (error instanceof ContextError) return { detail: error.message };
  return error instanceof ChatError ? { code: error.code, detail: error.detail } : describeBug(error);
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
