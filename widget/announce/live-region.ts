/** The text is removed after this time, in milliseconds, so that a screen reader's cursor does not find it later. */
const keepMs = 20_000;

/** A hidden element whose text screen readers announce when it changes. It holds one text at a time, for a while. */
export class LiveRegion {
  readonly #element = document.createElement("div");
  #clearing: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param root the region is appended to it, and must be in the page before the first announcement
   * @param politeness `polite` waits for a pause, `assertive` interrupts
   */
  constructor(root: ShadowRoot, politeness: "polite" | "assertive") {
    this.#element.className = "visually-hidden";
    this.#element.setAttribute("aria-live", politeness);
    root.append(this.#element);
  }

  /** @param lang BCP 47 tag of the text, or an empty string */
  announce(text: string, lang: string): void {
    this.clear();
    this.#element.lang = lang;
    this.#element.textContent = text;
    this.#clearing = setTimeout(() => this.clear(), keepMs);
  }

  /** Removes the text. */
  clear(): void {
    clearTimeout(this.#clearing);
    this.#element.textContent = "";
  }
}
