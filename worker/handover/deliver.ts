import { ChatError } from "../../protocol/index.ts";
import type { HandoverAddress, Verdict } from "./address.ts";
import type { Handover } from "./handover.ts";

/** The pauses before the second and the third attempt, in milliseconds. The visitor is waiting for the outcome. */
const pausesMs = [500, 1500];

/** How a delivery is bounded. */
export interface DeliveryBounds {
  /** How long one attempt may take, in milliseconds. */
  timeoutMs: number;
  /** Ends the delivery when the visitor deletes everything. Its reason is thrown. */
  signal: AbortSignal;
}

/**
 * Delivers a message to the operator's address, in at most three attempts.
 * @throws ChatError `handover_failed`, whose detail says how the address answered; the reason of an abort
 */
export async function deliver(
  address: HandoverAddress,
  handover: Handover,
  { timeoutMs, signal }: DeliveryBounds,
): Promise<void> {
  for (const pauseMs of [...pausesMs, undefined]) {
    const { verdict, answer } = await attempt(
      address,
      handover,
      AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    );
    if (verdict === "accepted") return;
    signal.throwIfAborted();
    if (verdict === "refused" || pauseMs === undefined) throw failed(answer);
    await scheduler.wait(pauseMs);
    signal.throwIfAborted();
  }
}

/** @param answer what happened. It must not contain the URL of the address, which can be a secret */
function failed(answer: string): ChatError {
  return new ChatError("handover_failed", { detail: `the address of the handover: ${answer}` });
}

/** How one attempt ended. */
interface Attempt {
  verdict: Verdict;
  /** For the operator's log. */
  answer: string;
}

async function attempt(address: HandoverAddress, handover: Handover, signal: AbortSignal): Promise<Attempt> {
  const { url, headers, body } = await address.write(handover, Date.now());
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    try {
      return { verdict: await address.judge(response), answer: `it answered ${response.status}` };
    } finally {
      await response.body?.cancel(); // the rest of the body is not read
    }
  } catch (error) {
    const isSlow = error instanceof Error && error.name === "TimeoutError";
    return { verdict: "later", answer: isSlow ? "it did not answer in time" : "it cannot be reached" };
  }
}
