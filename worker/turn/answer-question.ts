import { ChatError } from "../../protocol/index.ts";
import type { Assistant, AssistantModel } from "../assistants/assistant.ts";
import type { TurnSpending } from "../ledger/spending.ts";
import { log } from "../log.ts";
import { assemblePrompt, markersFor, requestFor, type PromptParts } from "../prompt/assemble.ts";
import { promptContext } from "../prompt/context.ts";
import { openWithFailover, type Candidate } from "../providers/failover.ts";
import type { Provider } from "../providers/provider.ts";
import type { AnswerDraft } from "./answer-draft.ts";
import { retrieveContext, type RetrievalParts } from "./retrieve-context.ts";
import type { Turn } from "./turn.ts";

/** A model of the assistant whose connection is configured. */
export interface ConnectedModel {
  model: AssistantModel;
  provider: Provider;
}

/** Everything needed to answer one question. */
export interface QuestionParts {
  turn: Turn;
  draft: AnswerDraft;
  prompt: PromptParts;
  /** In the order in which they are tried. */
  models: readonly [ConnectedModel, ...ConnectedModel[]];
  spending: TurnSpending;
  retrieval: RetrievalParts;
  /** Keeps the object alive for work that nothing waits for. */
  keepAlive(work: Promise<void>): void;
}

/**
 * Answers a question in these steps: reservation and context → prompt → provider → turn. The reservation and the
 * context are requested at the same time. Until the first piece of the answer, each step may wait; from then on, one
 * loop reads the provider's body and calls the turn synchronously.
 * @throws ChatError `rate_limited`, `budget_exhausted`, or the failure of the last model that was tried
 */
export async function answerQuestion(parts: QuestionParts, signal: AbortSignal): Promise<void> {
  const { turn, draft, prompt, models, spending, keepAlive } = parts;
  const { assistant, history } = prompt;

  const refused = new AbortController();
  const reserved = spending.reserve(models[0].model).catch((error: unknown) => {
    refused.abort(); // ends the search as well
    throw error;
  });
  const retrieved = retrieveContext(parts.retrieval, parts, reserved, AbortSignal.any([signal, refused.signal]));
  const [, context] = await Promise.all([reserved, retrieved]);
  if (signal.aborted) return spending.release();
  const hasNothing = context.missing !== undefined && parts.retrieval.page === undefined;
  if (hasNothing && assistant.context.whenNothingFound === "refuse") {
    spending.release();
    return turn.answerByItself(assistant.context.nothingFound);
  }

  const assembled = assemblePrompt(prompt, promptContext(context));
  draft.estimatedInputTokens = assembled.estimatedInputTokens;
  if (history.isTrimmed) {
    turn.emit({
      type: "warning",
      code: "history_trimmed",
      detail: "Earlier messages were left out to stay within the length limit.",
    });
  }

  const take = turn.take.bind(turn);
  let asked = models[0].model;
  const candidates = models.map(({ model, provider }): Candidate & { model: AssistantModel } => ({
    model,
    open: () => provider.open(requestFor(assembled, model), signal),
  }));
  const stream = await openWithFailover(candidates, {
    signal,
    take,
    beforeAttempt: async ({ model }) => {
      asked = model;
      turn.beginAttempt(model, { citable: markersFor(assembled, model), followUps: assembled.followUps });
      await spending.reserve(model);
    },
    attemptFailed: ({ model }, error, { isAccepted, hasPiece }) => {
      logFailure(assistant, model, error);
      // After a piece has arrived, no other attempt follows, and the end of the turn settles this one.
      if (!hasPiece) spending.failed(error, isAccepted || draft.hasReport);
    },
    fallBack: () => {
      const detail = "The first model failed, so a fallback model is answering.";
      turn.emit({ type: "warning", code: "fallback_used", detail });
    },
  });
  if (stream === undefined) return;

  try {
    await stream.readToEnd(take);
  } catch (error) {
    if (!signal.aborted) logFailure(assistant, asked, error);
    throw error;
  }
  keepAlive(stream.close());
}

/** Logs why a model did not answer, even if a fallback or another attempt hides the failure from the visitor. */
function logFailure({ id }: Assistant, { provider, model }: AssistantModel, error: unknown): void {
  if (!(error instanceof ChatError)) return; // a bug: the turn logs it
  log("warning", "attempt_failed", { assistant: id, provider, model, code: error.code, detail: error.detail });
}
