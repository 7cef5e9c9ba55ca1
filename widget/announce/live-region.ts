/** A region keeps what it said for so long, in milliseconds: then a reader who browses does not come across it. */
const keepMs = 20_000;

/** A hidden place whose text a screen reader says when it changes. It holds one text at a time, and none in the end. */
export class LiveRegion {
  readonly #element = document.createElement("div");
  #clearing: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param root where it is put; it must be in the page before it speaks
   * @param politeness `polite` waits for a pause, `assertive` does not
   */
  constructor(root: ShadowRoot, politeness: "polite" | "assertive") {
    this.#element.className = "visually-hidden";
    this.#element.setAttribute("aria-live", politeness);
    root.append(this.#element);
  }

  /** @param lang BCP 47 tag of what will be said */
  set lang(lang: string) {
    if (this.#element.lang !== lang) this.#element.lang = lang;
  }

  speak(words: string): void {
    clearTimeout(this.#clearing);
    this.#element.textContent = words;
    this.#clearing = setTimeout(() => (this.#element.textContent = ""), keepMs);
  }
}
