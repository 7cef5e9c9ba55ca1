import type { ElementController, UpdatingElement } from "../element/updating-element.ts";
import type { RivuletEvent } from "../element/events.ts";
import type { AnswerState } from "../conversation/state.ts";

/** A thinking time shorter than this, in milliseconds, is not shown, because nobody has waited for long. */
const shortestMs = 1_000;

/** Remembers when each answer's text began to arrive on this page. That is when the model's thinking had ended. */
export class ThinkingTimes implements ElementController {
  readonly #element: UpdatingElement;
  /** In milliseconds since the epoch, by the answer's id. */
  readonly #textAt = new Map<string, number>();
  #connected = new AbortController();

  constructor(element: UpdatingElement) {
    this.#element = element;
  }

  hostConnected(): void {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    // this listens for an event, because a page in the background renders no answers
    this.#element.addEventListener("rivulet-delta", (event) => this.#note(event), { signal });
  }

  hostDisconnected(): void {
    this.#connected.abort();
  }

  /** How long the model thought before an answer, in whole seconds; undefined if this page does not know. */
  secondsOf({ id, createdAt }: AnswerState): number | undefined {
    const ms = (this.#textAt.get(id) ?? 0) - createdAt;
    return ms < shortestMs ? undefined : Math.round(ms / 1000);
  }

  #note({ detail: { messageId } }: RivuletEvent<"rivulet-delta">): void {
    if (!this.#textAt.has(messageId)) this.#textAt.set(messageId, Date.now());
  }
}
