import type { ChatEvent } from "../protocol/index.ts";
import type { ChatAction } from "./conversation/reduce.ts";
import type { ChatState, Failure, FailureCode } from "./conversation/state.ts";
import type { Setup } from "./diagnose.ts";
import { emit } from "./events.ts";
import type { ViewContext } from "./view/context.ts";

type Context = Pick<ViewContext, "state" | "strings">;

/** Tells the page of an event of the running turn. */
export function tellOfEvent(element: HTMLElement, event: ChatEvent, { state, strings }: Context): void {
  const { conversation, turn } = state;
  if (event.type === "delta" && turn.phase === "answering") {
    emit(element, "rivulet-delta", { conversation, messageId: turn.answer, content: event.content });
  } else if (event.type === "response") {
    emit(element, "rivulet-response", { ...event, conversation });
  } else if (event.type === "error") {
    const { code, requestId } = event;
    emit(element, "rivulet-error", { conversation, code, message: strings.failures[code], requestId });
  }
}

/** Tells the page of what has changed by an action. */
export function tellOfChange(element: HTMLElement & Setup, action: ChatAction, { conversation }: ChatState): void {
  if (action.type === "restarted" || action.type === "opened") {
    emit(element, "rivulet-conversation-change", { conversation });
  } else if (action.type === "profile-loaded") {
    emit(element, "rivulet-ready", { assistant: element.assistant, title: action.profile.title });
  }
}

/**
 * Tells the page that something did not work, and the site's developer where he can mend it.
 * @param endpoint the worker's absolute address
 */
export function tellOfFailure(
  element: HTMLElement & Setup,
  { code, canRetry, requestId, retryAt }: Failure,
  { state, strings }: Context,
  endpoint: string,
): void {
  if (!canRetry || code === "unreachable") void advise(code, { endpoint, assistant: element.assistant });
  const { conversation } = state;
  emit(element, "rivulet-error", { conversation, code, message: strings.failures[code], requestId, retryAt });
}

/** The words for the site's developer are loaded with the first failure that may be one of set-up. */
async function advise(code: FailureCode, setup: Setup): Promise<void> {
  try {
    const { diagnose } = await import("./diagnose.ts");
    const advice = diagnose(code, setup);
    if (advice) console.error(`Rivulet Chat: ${advice}`);
  } catch {
    console.error(`Rivulet Chat: ${code}`);
  }
}
