import type { UpdatingElement } from "./updating-element.ts";
import { english } from "../strings/languages.ts";
import type { CustomStrings } from "../strings/strings.ts";

type LanguageHost = UpdatingElement & { strings?: CustomStrings };

/** How long the first words wait for their language, in milliseconds. Until it arrives, they are English then. */
const patienceMs = 3_000;

/**
 * The words of a chat: in the element's language, else in that of the page around it, else in English. Other languages
 * load on demand; until then, and if they cannot be loaded, the words are those before.
 */
export class ChatLanguage {
  readonly #host: LanguageHost;
  readonly #changed: () => unknown;
  #tag = "";
  #custom: CustomStrings | undefined;
  /** The words that are loaded. */
  strings = english;

  /** @param changed called when the page's language is another one than before */
  constructor(host: LanguageHost, changed: () => unknown) {
    this.#host = host;
    this.#changed = changed;
  }

  /** BCP 47 tag of the page's language where the chat is; empty if it is unknown. */
  get pageLang(): string {
    const host = this.#host;
    return host.lang || (host.closest<HTMLElement>("[lang]") ?? document.documentElement).lang;
  }

  /** Loads the first words, and waits for them a limited time. */
  async loadFirst(): Promise<void> {
    const enough = new Promise((resolve) => setTimeout(resolve, patienceMs));
    // the language can change while it is loaded
    for (let loading = this.load(); loading; loading = this.load()) await Promise.race([loading, enough]);
  }

  /** Loads the words if the language or the site's own words have changed. @returns undefined if there is nothing to wait for */
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
      const { loadStrings } = await import("../strings/other-languages.ts");
      strings = await loadStrings(english, tag, custom);
    } catch (error) {
      console.error("Rivulet Chat:", tag, error);
    }
    if (tag !== this.#tag || custom !== this.#custom) return; // it has changed again
    this.strings = strings;
    this.#host.requestUpdate();
  }
}
