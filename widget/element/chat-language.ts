import type { UpdatingElement } from "./updating-element.ts";
import { english } from "../strings/languages.ts";
import type { CustomStrings } from "../strings/strings.ts";

type LanguageHost = UpdatingElement & { strings?: CustomStrings };

/** How long to wait for the chat's language before its first words are shown in English, in milliseconds. */
const patienceMs = 3_000;

/**
 * Loads the words of a chat. They are in the element's language. If it has none, they are in the language of the page
 * around it, or in English. Languages other than English load on demand. Until a language is loaded, the earlier words
 * stay. If it cannot be loaded, the words are English.
 */
export class ChatLanguage {
  readonly #host: LanguageHost;
  readonly #changed: () => unknown;
  #tag = "";
  #custom: CustomStrings | undefined;
  /** The words that are loaded. */
  strings = english;

  /** @param changed called when `pageLang` has changed */
  constructor(host: LanguageHost, changed: () => unknown) {
    this.#host = host;
    this.#changed = changed;
  }

  /** BCP 47 tag of the element's language, or of the page around it; empty if neither is known. */
  get pageLang(): string {
    const host = this.#host;
    return host.lang || (host.closest<HTMLElement>("[lang]") ?? document.documentElement).lang;
  }

  /** Loads the first words, and waits for them for `patienceMs` at most. */
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
    if (tag !== this.#tag || custom !== this.#custom) return; // the language or the site's words have changed again
    this.strings = strings;
    this.#host.requestUpdate();
  }
}
