import type { ChatAction } from "../conversation/reduce.ts";
import type { Announcer } from "./announcer.ts";
import type { ViewContext } from "./context.ts";

/** Says what has just happened to those who cannot see it; the answer itself is not said here. */
export function announce(announcer: Announcer, action: ChatAction, { strings }: ViewContext): void {
  switch (action.type) {
    case "sent":
    case "retried":
      announcer.say(strings.answering);
      return;
    case "profile-failed":
    case "refused":
    case "noted":
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
    default: // what the visitor did himself, or can see when he gets there
  }
}
