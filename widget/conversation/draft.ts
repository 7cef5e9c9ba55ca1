import type { ChatState } from "./state.ts";

/** Whether the draft can be sent now. */
export function isSendable(state: ChatState): boolean {
  return state.turn.phase === "idle" && state.draft.trim() !== "" && charsLeft(state) >= 0;
}

/** Whether the profile is loaded, and the visitor has given the consent that it asks for, if any. */
export function isAgreed({ profile: { profile } }: ChatState): boolean {
  return profile !== undefined && (profile.available || !profile.consent);
}

/** Whether a turn can begin now. */
export function canAsk(state: ChatState): boolean {
  return state.turn.phase === "idle" && isAgreed(state);
}

/** Remaining characters of the draft, in UTF-16 units: negative if it is too long, infinite if the limit is unknown. */
export function charsLeft({ profile, draft }: ChatState): number {
  return (profile.profile?.limits.maxPromptChars ?? Infinity) - draft.length;
}
