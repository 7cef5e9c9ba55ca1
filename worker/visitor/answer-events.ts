import { ChatError, type Source } from "../../protocol/index.ts";
import type { SearchResult } from "../assistants/definition.ts";
import type { LedgerReply } from "../ledger/ledger.ts";
import type { AssembledPrompt } from "../prompt/assemble.ts";
import type { Provider, ProviderEvent } from "../providers/provider.ts";
import { streamWithRetry } from "../providers/retry.ts";
import type { Turn } from "./turn.ts";

/** What the answer to one question takes. */
export interface AnswerParts {
  turn: Turn;
  prompt: AssembledPrompt;
  provider: Provider;
  ledger: { takeTurn(turnsPerDay: number): Promise<LedgerReply> };
}

/** The longest piece of a source that the browser is shown, in UTF-16 units. */
const snippetChars = 200;

/**
 * Everything between a question and the provider's events: the day's limit, what the context holds, then the request.
 * @throws ChatError `rate_limited`, or whatever the provider came to
 */
export async function* answerEvents(parts: AnswerParts, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
  const { turn, prompt, provider, ledger } = parts;
  const { limits, context } = turn.subject.assistant;
  const allowed = await ledger.takeTurn(limits.turnsPerDay);
  if (!allowed.allowed) throw new ChatError("rate_limited", { retryAfterMs: allowed.retryAfterMs });
  if (typeof context === "object") turn.emit({ type: "sources", sources: context.map(describeSource) });
  if (prompt.historyTrimmed) {
    turn.emit({ type: "warning", code: "history_trimmed", detail: "Earlier messages were left out for length." });
  }
  yield* streamWithRetry(() => provider.stream(prompt.request, signal), { signal });
}

function describeSource({ title, source, content, score }: SearchResult, at: number): Source {
  const index = at + 1;
  const url = /^https?:\/\//.test(source) ? source : undefined;
  return { index, id: String(index), title, url, snippet: content.slice(0, snippetChars), score };
}
