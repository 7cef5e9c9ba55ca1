import { ChatError } from "../../protocol/index.ts";
import { log } from "../log.ts";
import type { NanoUsd } from "../models/prices.ts";
import { limitsOf } from "./limits.ts";
import type { SpendingParts } from "./spending.ts";

/**
 * Reserves a request of a turn that goes to no chat model, such as one for the vector of a question. It counts as money
 * only, not as a turn. Without a budget nothing is reserved.
 * @param nanoUsd the most that it can cost
 * @returns settles the reservation with what the request did cost, at most what was reserved
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
  // It is not running for any time: its turn is counted already.
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
