import { attempt } from "../conversation/attempt.ts";
import { absoluteEndpoint, storageKey } from "../conversation/storage-key.ts";

/**
 * Whether a visitor still has to be greeted. Nothing is stored before they have closed the greeting, or opened the chat
 * while it was shown. Visitors who have opened the chat in this tab or asked something in this browser are not greeted.
 */
export class GreetingMemory {
  readonly #key: (kind: "greeting" | "session" | "tab") => string;

  constructor(host: Element) {
    const endpoint = attempt(() => absoluteEndpoint(host.getAttribute("endpoint"))) ?? "";
    const assistant = host.getAttribute("assistant") ?? "";
    this.#key = (kind) => storageKey(kind, endpoint, assistant);
  }

  get isNeeded(): boolean {
    const stored = attempt(
      () =>
        localStorage.getItem(this.#key("greeting")) ??
        localStorage.getItem(this.#key("session")) ??
        sessionStorage.getItem(this.#key("tab")),
    );
    return !stored;
  }

  /** Notes that the greeting was closed, so that it is never shown again in this browser. */
  noteClosed(): void {
    attempt(() => localStorage.setItem(this.#key("greeting"), "closed"));
  }
}
