import { AnswerDocument } from "./answer-document.ts";
import type { AnswerRenderer } from "./answer-renderer.ts";
import { isContinuedBy, withLineFeeds } from "./growing-text.ts";
import type { TextEnd } from "./inline.ts";
import type { AnswerOptions } from "./render-options.ts";

/** Renders Markdown while it is written. Only allowed DOM nodes are created; no HTML is ever parsed. */
export class MarkdownRenderer implements AnswerRenderer {
  readonly #container: Element;
  readonly #options: AnswerOptions;
  #document: AnswerDocument;
  #text = "";
  #end: TextEnd = "open";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param container an empty element, which the renderer owns from now on */
  constructor(container: Element, options: AnswerOptions) {
    this.#container = container;
    this.#options = options;
    this.#document = new AnswerDocument(container, options);
    // a machine-readable mark for generated content, which some laws require
    container.setAttribute("data-ai-generated", "true");
    container.addEventListener("click", ({ target }) => this.#goToNote(target));
  }

  update(source: string, { isFinal, isCutOff = false }: { isFinal: boolean; isCutOff?: boolean }): void {
    const text = withLineFeeds(source);
    const end = isFinal ? (isCutOff ? "cut-off" : "complete") : "open";
    if (text === this.#text && end === this.#end) return;
    if (this.#end !== "open" || !isContinuedBy(this.#text, text, isFinal)) this.#begin();
    this.#text = text;
    this.#end = end;
    this.#document.update(text, end);
    this.#show();
  }

  #show(): void {
    clearTimeout(this.#timer);
    if (this.#document.show()) this.#timer = setTimeout(() => this.#show());
  }

  /** Starts again: the text has been replaced, or continues after its end. */
  #begin(): void {
    this.#container.replaceChildren();
    this.#document = new AnswerDocument(this.#container, this.#options);
  }

  /** A fragment link would change the page's address, and does not work in a shadow tree. */
  #goToNote(target: EventTarget | null): void {
    const reference = target instanceof Element ? target.closest("button[data-note]") : null;
    const label = reference?.getAttribute("data-note");
    if (!label) return;
    const note = this.#container.querySelector<HTMLElement>(`.note[data-note="${CSS.escape(label)}"]`);
    note?.scrollIntoView({ block: "nearest" });
    note?.focus({ preventScroll: true });
  }
}
