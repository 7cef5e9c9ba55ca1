import type { Verdict } from "./address.ts";

/**
 * Statuses below 500 that are temporary: request timeout, conflict with a running request, too early, too many
 * requests.
 */
const passing: readonly number[] = [408, 409, 425, 429];

/** What a status means. A redirect counts as refused: messages go only to the address that the operator has set. */
export function judgeStatus({ ok, status }: Response): Verdict {
  if (ok) return "accepted";
  return status >= 500 || passing.includes(status) ? "later" : "refused";
}
