import type { ChatState } from "./state.ts";

/** Whether the draft can be sent now. Visitors see what the profile tells them before they send their first message. */
export function isSendable(state: ChatState): boolean {
  const { profile, messages, turn, draft } = state;
  const isTold = profile.state === "ready" || messages.length > 0;
  return isTold && turn.phase === "idle" && draft.trim() !== "" && charsLeft(state) >= 0;
}

/** Whether the visitor has not agreed yet to what the assistant asks of them. */
export function awaitsConsent({ profile }: ChatState): boolean {
  return profile.state === "ready" && !!profile.profile.consent && !profile.profile.available;
}

/** Remaining characters of the draft, in UTF-16 units: negative if it is too long, infinite if the limit is unknown. */
export function charsLeft({ profile, draft }: ChatState): number {
  return profile.state === "ready" ? profile.profile.limits.maxPromptChars - draft.length : Infinity;
}
