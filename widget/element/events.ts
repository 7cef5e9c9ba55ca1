import type { Feedback, ResponseEvent } from "../../protocol/index.ts";
import type { FailureCode } from "../conversation/state.ts";
import type { Destination } from "../view/linked-sources.ts";

/** The `detail` of each event of the element. */
export interface RivuletEventDetails {
  /** The assistant's profile is loaded: the chat can be used. */
  "rivulet-ready": { assistant: string; title: string };
  "rivulet-open": { assistant: string };
  "rivulet-close": { assistant: string };
  /** The visitor is about to send a question. Cancelable: if it is canceled, nothing is sent, and the text stays. */
  "rivulet-send": { conversation: string; text: string };
  /** A delta of the answer. */
  "rivulet-delta": { conversation: string; messageId: string; content: string };
  /** The complete answer. */
  "rivulet-response": ResponseEvent & { conversation: string };
  "rivulet-error": {
    conversation: string;
    code: FailureCode;
    /** A sentence for people, in the chat's language. */
    message: string;
    requestId?: string;
    /** When to try again at the earliest, in milliseconds since the epoch. */
    retryAt?: number;
  };
  /** The visitor or the page stopped a running answer. */
  "rivulet-stop": { conversation: string };
  "rivulet-feedback": { conversation: string; messageId: string; feedback: Feedback | null };
  "rivulet-conversation-change": { conversation: string };
  /**
   * The visitor follows a link to a page of this site, in an answer or to a source. Cancelable: if it is canceled, the
   * browser does not follow the link, so that the page's router can.
   */
  "rivulet-navigate": Destination;
}

export type RivuletEventName = keyof RivuletEventDetails;

/** One of the element's events. */
export type RivuletEvent<Name extends RivuletEventName> = CustomEvent<RivuletEventDetails[Name]>;

declare global {
  interface HTMLElementEventMap extends RivuletEventMap {}
}

type RivuletEventMap = { [Name in RivuletEventName]: RivuletEvent<Name> };

/**
 * Dispatches one of the element's events. It bubbles and crosses shadow boundaries.
 * @returns false if a listener cancelled it
 */
export function emit<Name extends RivuletEventName>(
  element: HTMLElement,
  name: Name,
  detail: RivuletEventDetails[Name],
): boolean {
  const cancelable = name === "rivulet-send" || name === "rivulet-navigate";
  return element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}
