import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Redraws the chat every second while it shows how many seconds are left. */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isWaiting: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param isWaiting whether what was just drawn has seconds left */
  constructor(host: ReactiveControllerHost, isWaiting: () => boolean) {
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
