import { attempt } from "../conversation/attempt.ts";
import { storageKey } from "../conversation/storage-key.ts";

/**
 * Whether the visitor lets the chat see the page. It is stored, only while they do not, for this browser: what they have
 * switched off stays off, in every tab. Where storage is blocked it applies until the page is closed.
 */
export class PageChoice {
  readonly #key: string;
  #isOff = false;

  /** @param endpoint the worker's absolute address */
  constructor(endpoint: string, assistant: string) {
    this.#key = storageKey("page", endpoint, assistant);
  }

  get isOn(): boolean {
    return !this.#isOff && attempt(() => localStorage.getItem(this.#key)) !== "off";
  }

  set isOn(isOn: boolean) {
    this.#isOff = !isOn;
    attempt(() => (isOn ? localStorage.removeItem(this.#key) : localStorage.setItem(this.#key, "off")));
  }
}
