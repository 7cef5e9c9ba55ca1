import { AnswerDocument } from "./answer-document.ts";
import type { AnswerRenderer } from "./answer-renderer.ts";
import { isContinuedBy, withLineFeeds } from "./growing-text.ts";
import type { AnswerOptions } from "./render-options.ts";

/**
 * Shows Markdown that is still being written. The text becomes nodes by way of a list of allowed ones: there is no HTML
 * text anywhere.
 */
export class MarkdownRenderer implements AnswerRenderer {
  readonly #container: Element;
  readonly #options: AnswerOptions;
  #document: AnswerDocument;
  #text = "";
  #isFinal = false;

  /** @param container an empty element, from now on this renderer's own */
  constructor(container: Element, options: AnswerOptions) {
    this.#container = container;
    this.#options = options;
    this.#document = new AnswerDocument(container, options);
    container.setAttribute("data-ai-generated", "true"); // told to machines, as the law asks of some
    container.addEventListener("click", ({ target }) => this.#goToNote(target));
  }

  update(source: string, { isFinal }: { isFinal: boolean }): void {
    const text = withLineFeeds(source);
    if (text === this.#text && isFinal === this.#isFinal) return;
    if (this.#isFinal || !isContinuedBy(this.#text, text, isFinal)) this.#begin();
    this.#text = text;
    this.#isFinal = isFinal;
    this.#document.update(text, isFinal);
  }

  /** Another text, or one that goes on after its end. */
  #begin(): void {
    this.#container.replaceChildren();
    this.#document = new AnswerDocument(this.#container, this.#options);
  }

  /** An address with a fragment would change the page's own, and finds nothing in a shadow tree. */
  #goToNote(target: EventTarget | null): void {
    const reference = target instanceof Element ? target.closest("button[data-note]") : null;
    const label = reference?.getAttribute("data-note");
    if (!label) return;
    const note = this.#container.querySelector<HTMLElement>(`.note[data-note="${CSS.escape(label)}"]`);
    note?.scrollIntoView({ block: "nearest" });
    note?.focus({ preventScroll: true });
  }
}
