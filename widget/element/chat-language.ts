import type { ReactiveController, ReactiveControllerHost } from "lit";
import { english } from "../strings/languages.ts";
import type { CustomStrings } from "../strings/strings.ts";

type LanguageHost = ReactiveControllerHost & HTMLElement & { strings?: CustomStrings };

/**
 * The words of a chat: in the element's language, else in that of the page around it, else in English. Other languages
 * load on demand; until then, and if they cannot be loaded, the words are those before.
 */
export class ChatLanguage implements ReactiveController {
  readonly #host: LanguageHost;
  readonly #observer = new MutationObserver(() => this.#host.requestUpdate());
  readonly #changed: () => unknown;
  #tag = "";
  #custom: CustomStrings | undefined;
  /** The words that are loaded. */
  strings = english;

  /** @param changed called when the page's language is another one than before */
  constructor(host: LanguageHost, changed: () => unknown) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer.observe(document.documentElement, { attributeFilter: ["lang"], subtree: true });
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** BCP 47 tag of the page's language where the chat is; empty if it is unknown. */
  get pageLang(): string {
    const host = this.#host;
    return host.lang || (host.closest<HTMLElement>("[lang]") ?? document.documentElement).lang;
  }

  /** Loads the words if they have changed. @returns undefined if there is nothing to wait for */
  load(): Promise<void> | undefined {
    const tag = this.pageLang;
    const custom = this.#host.strings;
    if (tag === this.#tag && custom === this.#custom) return undefined;
    if (tag !== this.#tag) this.#changed();
    this.#tag = tag;
    this.#custom = custom;
    if (!custom && /^(en\b|$)/i.test(tag)) this.strings = english;
    else return this.#load(tag, custom);
  }

  async #load(tag: string, custom: CustomStrings | undefined): Promise<void> {
    let strings = english;
    try {
      const { combineStrings, loadLanguage } = await import("../strings/other-languages.ts");
      strings = combineStrings(english, await loadLanguage(custom?.chat?.lang ?? tag), custom);
    } catch (error) {
      console.error("Rivulet Chat:", tag, error);
    }
    if (tag !== this.#tag || custom !== this.#custom) return; // it has changed again
    this.strings = strings;
    this.#host.requestUpdate();
  }
}
