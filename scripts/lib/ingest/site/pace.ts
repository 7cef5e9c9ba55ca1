import { setTimeout } from "node:timers/promises";

/** Says when the next request to a site may begin. */
export class Pace {
  #intervalMs: number;
  #nextAt = 0;

  /** @param rate requests per second */
  constructor(rate: number) {
    this.#intervalMs = 1000 / rate;
  }

  /** Raises the interval between two requests to the given one, if it is shorter. */
  slowDown(intervalMs: number): void {
    this.#intervalMs = Math.max(this.#intervalMs, intervalMs);
  }

  /** Lets no request begin for some time. */
  pause(durationMs: number): void {
    this.#nextAt = Math.max(this.#nextAt, Date.now() + durationMs);
  }

  /** Waits until the next request may begin. Requests begin in the order in which they wait. */
  async next(signal: AbortSignal): Promise<void> {
    for (let waitMs = this.#nextAt - Date.now(); waitMs > 0; waitMs = this.#nextAt - Date.now()) {
      await setTimeout(waitMs, undefined, { signal });
    }
    signal.throwIfAborted();
    this.#nextAt = Math.max(this.#nextAt, Date.now() - this.#intervalMs) + this.#intervalMs;
  }
}
