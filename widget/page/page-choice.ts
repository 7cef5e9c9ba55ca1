import { attempt } from "../conversation/attempt.ts";
import { storageKey } from "../conversation/storage-key.ts";

/** Keys of refusals that the browser could not store. They hold until the page is closed. */
const notStored = new Set<string>();

/**
 * Whether the visitor lets the chat see the page. Only a refusal is stored. It holds in every tab of this browser. If
 * the browser cannot store the refusal, it holds until the page is closed.
 */
export class PageChoice {
  readonly #key: string;

  /** @param endpoint the worker's absolute address */
  constructor(endpoint: string, assistant: string) {
    this.#key = storageKey("page", endpoint, assistant);
  }

  get isOn(): boolean {
    return !notStored.has(this.#key) && this.#stored !== "off";
  }

  set isOn(isOn: boolean) {
    notStored.delete(this.#key);
    attempt(() => (isOn ? localStorage.removeItem(this.#key) : localStorage.setItem(this.#key, "off")));
    if (!isOn && this.#stored !== "off") notStored.add(this.#key);
  }

  get #stored(): string | null | undefined {
    return attempt(() => localStorage.getItem(this.#key));
  }
}
