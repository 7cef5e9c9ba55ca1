import type { Inline } from "./inline.ts";
import { patchInline } from "./inline-dom.ts";
import { InlineParser } from "./inline-parser.ts";
import type { RenderContext } from "./render-options.ts";

/** A growing text node is looked at whole with each piece: past this length, in characters, another one goes on. */
const maxCarryChars = 2_000;

/** Keeps an element's children equal to a text's inline content; what is settled in a growing text is not read again. */
export class InlineView {
  readonly #element: Element;
  readonly #context: RenderContext;
  /** What stays in front of the text. */
  readonly #lead: ChildNode | null;
  #text = "";
  #isGrowing = true;
  #settledText = "";
  /** The settled text that the next piece continues. */
  #carry = "";
  #lastSettled: ChildNode | null;
  /** Whether a long text was given up as one node, so that its cost does not grow with it. */
  #isSplit = false;

  /** @param element holds nothing, or what stays in front of the text */
  constructor(element: Element, context: RenderContext) {
    this.#element = element;
    this.#context = context;
    this.#lead = element.lastChild;
    this.#lastSettled = this.#lead;
  }

  /**
   * Shows a text.
   * @param source the content so far
   * @param isGrowing whether more will follow
   */
  update(source: string, isGrowing: boolean): void {
    const text = source.trimEnd();
    if (text === this.#text && isGrowing === this.#isGrowing) return;
    this.#text = text;
    this.#isGrowing = isGrowing;
    if (!this.#isContinuedBy(text)) this.#forget();
    this.#parse();
    if (!isGrowing && this.#isSplit) this.#join();
  }

  /** Reads all of it again: a label has been defined. */
  refresh(): void {
    this.#forget();
    this.#parse();
  }

  /** A text is only ever continued or cut at its end, unless definitions are taken off its start. */
  #isContinuedBy(text: string): boolean {
    const settled = this.#settledText;
    return settled.startsWith("[") ? text.startsWith(settled) : text.length >= settled.length;
  }

  /** One text is one node in the end, however it came. */
  #join(): void {
    this.#element.normalize();
    this.#isSplit = false;
    this.#forget();
  }

  #forget(): void {
    this.#settledText = "";
    this.#carry = "";
    this.#lastSettled = this.#lead;
  }

  #parse(): void {
    const { definitions, waiting } = this.#context;
    const options = { definitions, isGrowing: this.#isGrowing };
    const { nodes, settled, missing } = new InlineParser(
      this.#text,
      this.#settledText.length,
      this.#carry,
      options,
    ).parse();
    patchInline(this.#element, this.#lastSettled, nodes, this.#context);
    for (const label of missing) {
      const views = waiting.get(label);
      if (views) views.add(this);
      else waiting.set(label, new Set([this]));
    }
    if (settled) this.#settle(settled.end, settled.pieces);
  }

  #settle(end: number, pieces: readonly Inline[]): void {
    const last = pieces.at(-1);
    const goesOn = typeof last === "string" && last.length <= maxCarryChars;
    this.#isSplit ||= typeof last === "string" && !goesOn;
    this.#settledText = this.#text.slice(0, end);
    this.#carry = goesOn ? last : "";
    for (let left = pieces.length - (goesOn ? 1 : 0); left > 0; left -= 1) {
      this.#lastSettled = this.#lastSettled ? this.#lastSettled.nextSibling : this.#element.firstChild;
    }
  }
}
