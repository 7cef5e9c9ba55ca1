import { ChatError } from "../../protocol/index.ts";
import type { Ending } from "./answer-draft.ts";

/** Why a turn was ended before the provider ended it. */
export type StopReason = "stopped" | "unfollowed" | "full" | "timeout" | "unwritable";

/** How a turn ends that got no finish from the provider. `signal` aborts with the {@link StopReason}, if there is one. */
export function endingWithoutFinish(signal: AbortSignal): Ending {
  if (!signal.aborted) return { kind: "failed", error: new ChatError("upstream_truncated") };
  if (signal.reason === "timeout") return { kind: "failed", error: new ChatError("provider_timeout") };
  if (signal.reason === "unwritable") return { kind: "failed", error: new ChatError("internal") };
  return { kind: "finished", finishReason: "aborted" };
}
