import type { ChatAction } from "../conversation/reduce.ts";
import { findAnswer } from "../conversation/state.ts";
import type { ChatState } from "../conversation/state.ts";
import type { ViewContext } from "../view/context.ts";
import type { Announcer } from "./announcer.ts";

/** Announces what an action changed. `AnswerAnnouncer` announces the answer itself. */
export function announceAction(announcer: Announcer, action: ChatAction, { state, strings }: ViewContext): void {
  switch (action.type) {
    case "sent":
    case "retried":
      announcer.say(strings.answering);
      return;
    case "restarted":
    case "visitor-switched":
      announcer.clear(); // the announced text may belong to an earlier visitor
      return;
    case "profile-failed":
    case "refused":
    case "notice-changed":
      if (action.failure) announcer.interrupt(strings.failures[action.failure.code]);
      return;
    case "received": // the worker sends a status only when it changes
      if (action.event.type === "status" && action.event.status === "reasoning") announcer.say(strings.thinking);
      return;
    case "slowed":
      if (!isThinking(state)) announcer.say(strings.stillWaiting);
      return;
    case "lost":
      announcer.say(strings.reconnecting);
      return;
    case "queued":
      announcer.say(strings.queued);
      return;
    case "connectivity":
      if (!action.isOnline) announcer.interrupt(strings.offline);
      return;
    default: // the visitor caused it, or finds it in the page
  }
}

/** A model that thinks is expected to be silent. */
function isThinking(state: ChatState): boolean {
  const { turn } = state;
  return turn.phase === "answering" && findAnswer(state, turn.answer)?.progress === "reasoning";
}
