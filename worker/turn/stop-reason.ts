import { ChatError } from "../../protocol/index.ts";
import type { Ending } from "./answer-draft.ts";

/** Why a turn was ended before the provider ended it. */
export type StopReason = "stopped" | "unfollowed" | "full" | "timeout" | "unwritable";

/**
 * How a turn ends if the provider sent no finish event. If the turn was stopped, `signal` is aborted, and its reason is
 * the {@link StopReason}.
 */
export function endingWithoutFinish(signal: AbortSignal): Ending {
  if (!signal.aborted) return { kind: "failed", error: new ChatError("upstream_truncated") };
  if (signal.reason === "timeout") return { kind: "failed", error: new ChatError("provider_timeout") };
  if (signal.reason === "unwritable") return { kind: "failed", error: new ChatError("internal") };
  return { kind: "finished", finishReason: "aborted" };
}
