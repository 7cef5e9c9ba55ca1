import type { ChatAction } from "../conversation/reduce.ts";
import type { ViewContext } from "../view/context.ts";
import type { Announcer } from "./announcer.ts";

/** Announces what an action changed. `AnswerAnnouncer` announces the answer itself. */
export function announceAction(announcer: Announcer, action: ChatAction, { strings }: ViewContext): void {
  switch (action.type) {
    case "sent":
    case "retried":
      announcer.say(strings.answering);
      return;
    case "profile-failed":
    case "refused":
    case "notice-changed":
      if (action.failure) announcer.interrupt(strings.failures[action.failure.code]);
      return;
    case "slowed":
      announcer.say(strings.stillWaiting);
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
