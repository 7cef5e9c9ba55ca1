import type { AnswerRenderer } from "./answer-renderer.ts";

/** A blank line ends a paragraph, any other newline breaks the line. */
const breaks = /(\n[^\S\n]*\n\s*|\n)/;

/** Shows text as paragraphs and lines. It only ever appends: what is shown already is not touched again. */
export class PlainTextRenderer implements AnswerRenderer {
  readonly #container: Element;
  #text = "";
  #shownChars = 0;
  #paragraph: HTMLParagraphElement | undefined;
  #line: Text | undefined;

  /** @param container an empty element, from now on this renderer's own */
  constructor(container: Element) {
    this.#container = container;
  }

  update(text: string): void {
    if (text === this.#text) return;
    if (!text.startsWith(this.#text)) this.#clear();
    this.#text = text;
    const settled = text.slice(this.#shownChars).trimEnd(); // white space at the end may become a paragraph's end
    this.#shownChars += settled.length;
    for (const piece of settled.split(breaks)) this.#append(piece);
  }

  #append(piece: string): void {
    if (piece === "") return;
    if (piece === "\n") {
      this.#open().append(document.createElement("br"));
      this.#line = undefined;
    } else if (piece.startsWith("\n")) {
      this.#paragraph = undefined;
      this.#line = undefined;
    } else {
      this.#write(piece);
    }
  }

  #write(words: string): void {
    if (this.#line) {
      this.#line.appendData(words);
      return;
    }
    this.#line = new Text(words);
    this.#open().append(this.#line);
  }

  #open(): HTMLParagraphElement {
    if (!this.#paragraph) {
      this.#paragraph = document.createElement("p");
      this.#paragraph.dir = "auto";
      this.#container.append(this.#paragraph);
    }
    return this.#paragraph;
  }

  #clear(): void {
    this.#container.replaceChildren();
    this.#shownChars = 0;
    this.#paragraph = undefined;
    this.#line = undefined;
  }
}
