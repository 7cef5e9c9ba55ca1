import type { ElementController } from "../element/updating-element.ts";
import { failuresOf, secondsLeft } from "../view/notice.ts";
import type { CompanionHost } from "./companion-host.ts";

/** Redraws the chat every second while it shows how many seconds are left. */
export class Countdown implements ElementController {
  readonly #host: CompanionHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CompanionHost) {
    this.#host = host;
  }

  hostUpdated(): void {
    const { state, now } = this.#host.context();
    clearTimeout(this.#timer);
    if (failuresOf(state).some((failure) => secondsLeft(failure, now) > 0))
      this.#timer = setTimeout(() => this.#host.element.requestUpdate(), 1000);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
