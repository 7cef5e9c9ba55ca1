import type { ChatAction } from "../conversation/reduce.ts";
import type { AnswerState } from "../conversation/state.ts";
import { findAnswer } from "../conversation/state.ts";
import type { ChatStrings } from "../strings/strings.ts";
import type { Announcer } from "./announcer.ts";
import type { ViewContext } from "./context.ts";

/** Says what has just happened to those who cannot see it. */
export function announce(announcer: Announcer, action: ChatAction, { state, strings }: ViewContext): void {
  switch (action.type) {
    case "sent":
    case "retried":
      announcer.begin();
      announcer.say(strings.answering);
      return;
    case "received": {
      const answer = findAnswer(state, action.answer);
      if (answer) announceAnswer(announcer, answer, strings);
      return;
    }
    case "profile-failed":
    case "refused":
    case "broken":
      announcer.interrupt(strings.failures[action.failure.code]);
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

function announceAnswer(announcer: Announcer, answer: AnswerState, strings: ChatStrings): void {
  announcer.follow(answer.content, answer.status !== "running");
  if (answer.failure) announcer.interrupt(strings.failures[answer.failure.code]);
  if (answer.finishReason === "aborted") announcer.say(strings.wasStopped);
  if (answer.finishReason === "length") announcer.say(strings.cutAtLength);
  if (answer.finishReason === "content_filter") announcer.say(strings.contentFiltered);
  if (answer.finishReason === "refusal") announcer.say(strings.refusedToAnswer);
}
