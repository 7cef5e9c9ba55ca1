import type { ProviderData } from "../../protocol/index.ts";

/**
 * Minimum time between emitted deltas, in milliseconds; deltas in between are joined. A page draws once per frame anyway,
 * and each emitted event costs the worker CPU time.
 */
const gatherMs = 60;

/**
 * Joins deltas that arrive close together: the first one leaves at once, later ones at most every 60 ms. It has no timer:
 * the next delta emits what is due, and the turn's tick does so when the provider pauses.
 */
export class DeltaBuffer {
  readonly #emit: (content: string, providerData?: ProviderData) => void;
  #held = "";
  #emittedAt = 0;

  constructor(emit: (content: string, providerData?: ProviderData) => void) {
    this.#emit = emit;
  }

  /** A delta that carries the provider's own data leaves by itself, because two of those cannot be joined. */
  add(content: string, providerData: ProviderData | undefined, now: number): void {
    if (providerData !== undefined) {
      this.flush(now);
      this.#emit(content, providerData);
      return;
    }
    this.#held += content;
    this.flushIfDue(now);
  }

  flushIfDue(now: number): void {
    if (now - this.#emittedAt >= gatherMs) this.flush(now);
  }

  /** Emits what is held: before every other event, to keep the order. */
  flush(now: number): void {
    if (this.#held === "") return;
    const content = this.#held;
    this.#held = "";
    this.#emittedAt = now;
    this.#emit(content);
  }
}
