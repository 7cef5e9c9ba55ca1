import type { ChatState } from "./state.ts";

/** Whether the draft can be sent now. */
export function isSendable(state: ChatState): boolean {
  return state.turn.phase === "idle" && state.draft.trim() !== "" && charsLeft(state) >= 0;
}

/** Remaining characters of the draft, in UTF-16 units: negative if it is too long, infinite if the limit is unknown. */
export function charsLeft({ profile, draft }: ChatState): number {
  return profile.state === "ready" ? profile.profile.limits.maxPromptChars - draft.length : Infinity;
}
