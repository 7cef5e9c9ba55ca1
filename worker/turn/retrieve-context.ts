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
  /** The reservation of a translation, apart from the answer's. */
  translationSpending: TurnSpending;
  /** What the visitor is looking at. */
  page?: ContextResult;
  /** Reserves a request of a source, apart from the answer's, too. */
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
 * Retrieves what the prompt is made with, and tells the page of it. A source that fails costs the turn nothing but its
 * passages: a warning says so. It never rejects; after an abort it ends without a word, because the turn has ended.
 * @param turnAllowed the turn's own reservation. Nothing that costs something is sent before
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
    const detail = "The documents could not be searched, or not all of them.";
    turn.emit({ type: "warning", code: "context_unavailable", detail });
  }
  tellSources(turn, retrieved.results);
  return retrieved;
}

/** Translates with the assistant's own model. A translation that fails is as if there were none. */
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

/** Both are asked for at the same time. If the turn is refused, the request is not sent, and costs nothing. */
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
