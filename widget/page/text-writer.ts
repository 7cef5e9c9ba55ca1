/** Writes the text of a page line by line. */
export class TextWriter {
  text = "";
  readonly #maxChars: number;
  #breaks = 0;
  #mark = "";
  #hasSpace = false;

  /** @param maxChars the text is full at about this length, in UTF-16 units */
  constructor(maxChars: number) {
    this.#maxChars = maxChars;
  }

  get isFull(): boolean {
    return this.text.length >= this.#maxChars;
  }

  /** Begins a line. @param breaks 1 for a line, 2 for a paragraph */
  break(breaks: number): void {
    this.#breaks = Math.max(this.#breaks, breaks);
  }

  /** Adds a mark, such as a list item's dash, which is written before the next text that begins a line. */
  mark(mark: string): void {
    this.#mark += mark;
  }

  /** Drops a mark if no text has been written after it. */
  unmark(): void {
    this.#mark = "";
  }

  /** Separates the next text with a space, if it does not begin a line. */
  space(): void {
    this.#hasSpace = true;
  }

  /** @param isPreserved whether white space is kept, as in code */
  write(text: string, isPreserved = false): void {
    const words = isPreserved ? text.replace(/\s+$/, "") : text.replaceAll(/\s+/g, " ").trim();
    if (words.trim() === "") {
      if (text !== "") this.#hasSpace = true;
      return;
    }
    const isFirst = this.text === "";
    if (isFirst || this.#breaks > 0) this.text += (isFirst ? "" : "\n".repeat(this.#breaks)) + this.#mark;
    else if (this.#hasSpace || /^\s/.test(text)) this.text += " ";
    this.text += words;
    this.#breaks = 0;
    this.#mark = "";
    this.#hasSpace = /\s$/.test(text);
  }
}
