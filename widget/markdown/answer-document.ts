import { AnswerParts } from "./answer-parts.ts";
import type { Block } from "./block.ts";
import { BlockParser } from "./blocks.ts";
import { ContainerView } from "./container-view.ts";
import { detachString } from "./detach-string.ts";
import { isHeldBack, isMarkup } from "./held-line.ts";
import type { TextEnd } from "./inline.ts";
import type { AnswerOptions, RenderContext } from "./render-options.ts";

/**
 * How many blocks and cells are shown in one task. A short text can become thousands, and their layout would
 * freeze the page. Few answers have this many, even when a stored one is shown as a whole.
 */
const elementsPerTask = 150;

/** A growing text and its DOM. Each line is parsed once, and finished blocks are never touched again. */
export class AnswerDocument {
  readonly #container: Element;
  readonly #parts: AnswerParts;
  readonly #parser = new BlockParser();
  readonly #context: RenderContext;
  readonly #root: ContainerView;
  #notes: HTMLElement | undefined;
  /** The start of the first line that has not been parsed for good. */
  #read = 0;

  /** @param container an empty element */
  constructor(container: Element, options: AnswerOptions) {
    const parser = this.#parser;
    this.#container = container;
    this.#parts = new AnswerParts(container);
    this.#context = {
      strings: options.strings,
      isEnriched: options.isEnriched ?? true,
      definitions: parser.definitions,
      waiting: new Map(),
      cutOff: undefined,
      room: 0,
      get currentLine() {
        return parser.currentLine;
      },
    };
    this.#root = new ContainerView("document", container, this.#context, (...child) => this.#insert(...child));
  }

  /**
   * Parses what is new: complete lines for good, the last line provisionally. {@link show} shows it.
   * @param text starts with the previous text
   * @param end whether more text follows
   */
  update(text: string, end: TextEnd): void {
    this.#read = this.#readLines(text);
    const rest = detachString(text.slice(this.#read));
    if (end === "complete") this.#end(rest);
    else if (end === "cut-off") this.#cutOff(rest);
    else this.#parser.readOnTrial(isHeldBack(rest, this.#parser.tip) ? "" : rest);
  }

  /** Shows what was parsed, or a part of it. @returns whether the rest is left for another task */
  show(): boolean {
    this.#context.room = elementsPerTask;
    this.#root.update(this.#parser.document);
    this.#refreshDefined();
    return this.#context.room < 0;
  }

  #readLines(text: string): number {
    let start = this.#read;
    this.#parser.undoTrial();
    for (let end = text.indexOf("\n", start); end !== -1; end = text.indexOf("\n", start)) {
      this.#parser.read(detachString(text.slice(start, end)));
      start = end + 1;
    }
    return start;
  }

  #end(lastLine: string): void {
    if (lastLine !== "") this.#parser.read(lastLine);
    this.#parser.end();
  }

  /** Ends a cut-off text: its last line stays as it was shown. Only a number that was held back as markup is added. */
  #cutOff(lastLine: string): void {
    const line = isMarkup(lastLine, this.#parser.tip) && !/\d\s*$/.test(lastLine) ? "" : lastLine;
    if (line !== "") this.#parser.read(line);
    this.#parser.guessTable();
    let leaf = this.#parser.document;
    while (leaf.last) leaf = leaf.last;
    if (leaf.isOpen || (line !== "" && leaf.startLine === this.#parser.currentLine)) this.#context.cutOff = leaf;
    this.#parser.end();
  }

  /** Parses the texts again whose link labels have been defined in the meantime, each of them once. */
  #refreshDefined(): void {
    const { waiting } = this.#context;
    const labels = this.#parser.newLabels.splice(0);
    for (const view of new Set(labels.flatMap((label) => [...(waiting.get(label) ?? [])]))) view.refresh();
    for (const label of labels) waiting.delete(label);
  }

  /**
   * Inserts a block. Footnotes are collected at the end. Each block has its own direction; code is always
   * left-to-right.
   */
  #insert(child: Element, block: Block, index: number): void {
    if (block.kind !== "code") child.setAttribute("dir", this.#directionOf(block));
    if (block.kind === "note") this.#notesSection().append(child);
    else this.#parts.insert(child, index, this.#notes ?? null);
  }

  /** The direction of a block. A table takes that of the answer's first block: its own first word is often foreign. */
  #directionOf({ kind }: Block): string {
    const first = kind === "table" && this.#container.querySelector(":scope > [dir=auto]");
    return (first && getComputedStyle(first).direction) || "auto";
  }

  #notesSection(): HTMLElement {
    if (!this.#notes) {
      this.#notes = document.createElement("section");
      this.#notes.className = "notes";
      this.#notes.setAttribute("aria-label", this.#context.strings.footnotes);
    }
    if (!this.#notes.parentNode) this.#container.append(this.#notes);
    return this.#notes;
  }
}
