import type { ProviderData } from "../../protocol/index.ts";
import { after, type Cancel } from "../timer.ts";

/** Deltas that arrive within so many milliseconds of the last one leave together: some 30 a second are enough for an eye. */
const gatherMs = 30;

/**
 * Joins deltas that arrive close together: the first one leaves at once, later ones at most every 30 ms. A piece that
 * carries the provider's own data leaves by itself, since two of those cannot be joined.
 */
export class DeltaGatherer {
  readonly #emit: (content: string, providerData?: ProviderData) => void;
  #waiting = "";
  #cancel: Cancel | undefined;
  #lastAt = 0;

  constructor(emit: (content: string, providerData?: ProviderData) => void) {
    this.#emit = emit;
  }

  add(content: string, providerData?: ProviderData): void {
    if (providerData !== undefined) {
      this.flush();
      this.#emit(content, providerData);
      return;
    }
    this.#waiting += content;
    const dueMs = this.#lastAt + gatherMs - Date.now();
    if (dueMs <= 0) this.flush();
    else this.#cancel ??= after(dueMs, () => this.flush());
  }

  /** Sends on what waits: before any other event, so that the order stays. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#waiting === "") return;
    const content = this.#waiting;
    this.#waiting = "";
    this.#lastAt = Date.now();
    this.#emit(content);
  }
}
