import type { Source } from "../../protocol/index.ts";
import type { AssistantModel } from "../assistants/assistant.ts";
import type { SearchResult } from "../assistants/definition.ts";
import type { TurnSpending } from "../ledger/spending.ts";
import { requestFor, type AssembledPrompt } from "../prompt/assemble.ts";
import { streamWithFailover, type Candidate } from "../providers/failover.ts";
import type { Provider, ProviderEvent } from "../providers/provider.ts";
import type { Turn } from "./turn.ts";

/** A model of the assistant's that can be reached. */
export interface ConnectedModel {
  model: AssistantModel;
  provider: Provider;
}

/** What the answer to one question takes. */
export interface AnswerParts {
  turn: Turn;
  prompt: AssembledPrompt;
  /** In the order in which they are tried. */
  models: readonly ConnectedModel[];
  spending: TurnSpending;
}

/** The longest piece of a source that the browser is shown, in UTF-16 units. */
const snippetChars = 200;

/**
 * Everything between a question and the provider's events: what the context holds, the money, then the request.
 * @throws ChatError `rate_limited`, `budget_exhausted`, or whatever the last provider came to
 */
export function answerEvents(parts: AnswerParts, signal: AbortSignal): AsyncIterable<ProviderEvent> {
  const { turn, prompt, models, spending } = parts;
  const { context } = turn.subject.assistant;
  if (typeof context === "object") turn.emit({ type: "sources", sources: context.map(describeSource) });
  if (prompt.historyTrimmed) {
    turn.emit({ type: "warning", code: "history_trimmed", detail: "Earlier messages were left out for length." });
  }
  const candidates = models.map((connected): Candidate & { model: AssistantModel } => ({
    model: connected.model,
    open: () => connected.provider.stream(requestFor(prompt, connected.model), signal),
  }));
  return streamWithFailover(candidates, {
    signal,
    beforeAttempt: ({ model }) => {
      turn.askedOf(model);
      return spending.begin(model);
    },
    attemptFailed: (_, error, { isAccepted, hasPiece }) => {
      // With a piece shown the turn ends with what it has, and is settled by its usage.
      if (!hasPiece) spending.failed(error, isAccepted);
    },
    fallBack: () => {
      const detail = "Another model answers, since the first one could not.";
      turn.emit({ type: "warning", code: "fallback_used", detail });
    },
  });
}

function describeSource({ title, source, content, score }: SearchResult, at: number): Source {
  const index = at + 1;
  const url = /^https?:\/\//.test(source) ? source : undefined;
  return { index, id: String(index), title, url, snippet: content.slice(0, snippetChars), score };
}
