import type { ChatEvent } from "../protocol/index.ts";
import type { Failure } from "./conversation/state.ts";
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

/** Tells the page that something did not work. */
export function tellOfFailure(
  element: HTMLElement,
  { code, requestId, retryAt }: Failure,
  { state, strings }: Context,
): void {
  const { conversation } = state;
  emit(element, "rivulet-error", { conversation, code, message: strings.failures[code], requestId, retryAt });
}
