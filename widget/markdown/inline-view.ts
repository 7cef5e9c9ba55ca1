import type { Inline, TextEnd } from "./inline.ts";
import { patchInline } from "./inline-dom.ts";
import { InlineParser } from "./inline-parser.ts";
import type { RenderContext } from "./render-options.ts";

/**
 * A growing text node is laid out as a whole with each delta. Past this length, in characters, a new node continues it.
 */
const maxCarryChars = 2_000;

/** Keeps an element's children equal to a text's inline content. Settled text is not parsed again. */
export class InlineView {
  readonly #element: Element;
  readonly #context: RenderContext;
  /** The node that stays before the text. */
  readonly #lead: ChildNode | null;
  #text = "";
  #end: TextEnd = "open";
  #settledText = "";
  /** The settled text that the next content continues. */
  #carry = "";
  #lastSettled: ChildNode | null;
  /** Whether a long text was split into several nodes to keep its cost constant. */
  #isSplit = false;
  readonly #awaited = new Set<() => Promise<void>>();

  /** @param element empty, or contains the node that stays before the text */
  constructor(element: Element, context: RenderContext) {
    this.#element = element;
    this.#context = context;
    this.#lead = element.lastChild;
    this.#lastSettled = this.#lead;
  }

  /**
   * Shows a text.
   * @param source the content so far
   * @param end whether more text follows
   */
  update(source: string, end: TextEnd): void {
    const text = source.trimEnd();
    if (text === this.#text && end === this.#end) return;
    this.#text = text;
    this.#end = end;
    if (!this.#isContinuedBy(text)) this.#forget();
    this.#parse();
    if (end !== "open" && this.#isSplit) this.#join();
  }

  /** Parses the whole text again: a label has been defined, or what is needed to understand the text has loaded. */
  refresh(): void {
    this.#forget();
    this.#parse();
  }

  /**
   * Whether `text` continues the settled text. Text only grows or is cut at its end, unless definitions are removed from
   * its start.
   */
  #isContinuedBy(text: string): boolean {
    const settled = this.#settledText;
    return settled.startsWith("[") ? text.startsWith(settled) : text.length >= settled.length;
  }

  /** Merges adjacent text nodes, so that a run of plain text is one node in the end, no matter how it was streamed. */
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
    const options = { definitions, isGrowing: this.#end !== "complete", isCutOff: this.#end === "cut-off" };
    const { nodes, settled, missing, awaited } = new InlineParser(
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
    if (this.#context.isEnriched) for (const load of awaited) this.#await(load);
  }

  /** Parses the text again once `load` is done. Until then, and if loading fails, its source is shown. */
  #await(load: () => Promise<void>): void {
    if (this.#awaited.has(load)) return;
    this.#awaited.add(load);
    void load().then(
      () => this.refresh(),
      () => undefined,
    );
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
