import type { ElementController, UpdatingElement } from "./updating-element.ts";

/** Redraws the chat every second while it shows how many seconds are left. */
export class Countdown implements ElementController {
  readonly #host: UpdatingElement;
  readonly #isWaiting: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param isWaiting whether what was just drawn has seconds left */
  constructor(host: UpdatingElement, isWaiting: () => boolean) {
    this.#host = host;
    this.#isWaiting = isWaiting;
    host.addController(this);
  }

  hostUpdated(): void {
    clearTimeout(this.#timer);
    if (this.#isWaiting()) this.#timer = setTimeout(() => this.#host.requestUpdate(), 1000);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
