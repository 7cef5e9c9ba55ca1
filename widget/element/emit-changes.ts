import type { ChatEvent } from "../../protocol/index.ts";
import type { ChatAction } from "../conversation/reduce.ts";
import type { ChatState, Failure, FailureCode } from "../conversation/state.ts";
import type { ViewContext } from "../view/context.ts";
import { emit } from "./events.ts";
import type { Setup } from "./setup-advice.ts";

type Context = Pick<ViewContext, "state" | "strings">;

/** Emits the element's event for an event of the running turn. */
export function emitTurnEvent(element: HTMLElement, event: ChatEvent, { state, strings }: Context): void {
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

/** Emits the element's event for an action that the page should know about. */
export function emitChange(element: HTMLElement & Setup, action: ChatAction, { conversation }: ChatState): void {
  if (action.type === "restarted" || action.type === "opened") {
    emit(element, "rivulet-conversation-change", { conversation });
  } else if (action.type === "profile-loaded") {
    emit(element, "rivulet-ready", { assistant: element.assistant, title: action.profile.title });
  }
}

/**
 * Emits the element's event for a failure, and logs advice for the site's developer if the setup may be wrong.
 * @param endpoint the worker's absolute address
 */
export function emitFailure(
  element: HTMLElement & Setup,
  { code, canRetry, requestId, retryAt }: Failure,
  { state, strings }: Context,
  endpoint: string,
): void {
  if (!canRetry || code === "unreachable") void logAdvice(code, element, endpoint);
  const { conversation } = state;
  emit(element, "rivulet-error", { conversation, code, message: strings.failures[code], requestId, retryAt });
}

/** Loads the advice with the first failure that the setup may have caused. */
async function logAdvice(code: FailureCode, setup: Setup, endpoint: string): Promise<void> {
  try {
    const { setupAdvice } = await import("./setup-advice.ts");
    const advice = setupAdvice(code, setup, endpoint);
    if (advice) console.error(`Rivulet Chat: ${advice}`);
  } catch {
    console.error(`Rivulet Chat: ${code}`);
  }
}
