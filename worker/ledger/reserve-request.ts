import { ChatError } from "../../protocol/index.ts";
import { log } from "../log.ts";
import type { NanoUsd } from "../models/prices.ts";
import { limitsOf } from "./limits.ts";
import type { SpendingParts } from "./spending.ts";

/**
 * Reserves the cost of a turn's request that does not go to a chat model, such as the one for a question's vector. It
 * counts as money only, not as a turn. Without a budget nothing is reserved.
 * @param nanoUsd the most that the request can cost
 * @returns a function that settles the reservation with the actual cost, at most what was reserved
 * @throws ChatError `budget_exhausted`
 */
export async function reserveRequest(
  {
    ledger,
    assistant,
    visitor,
    address,
    keepAlive,
  }: Pick<SpendingParts, "ledger" | "assistant" | "visitor" | "address" | "keepAlive">,
  nanoUsd: NanoUsd,
): Promise<(spent: NanoUsd) => void> {
  if (assistant.budget === undefined || nanoUsd === 0) return () => undefined;
  const key = crypto.randomUUID();
  const who = { assistant: assistant.id, visitor, address };
  // The request does not count as running, because its turn already does.
  const running = { expiresInMs: 0, isFirst: false };
  const reply = await ledger.reserve({ key, ...who, ...running, nanoUsd, limits: limitsOf(assistant) });
  if (!reply.allowed) throw new ChatError(reply.code, { retryAfterMs: reply.retryAfterMs, detail: reply.detail });
  let isOpen = true;
  return (spent) => {
    if (!isOpen) return;
    isOpen = false;
    const update = ledger.settle(key, Math.min(spent, nanoUsd));
    keepAlive(update.catch(() => log("error", "ledger_unreachable", { assistant: assistant.id })));
  };
}
