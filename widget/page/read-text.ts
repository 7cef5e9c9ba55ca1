import { TextWriter } from "./text-writer.ts";
import { isDrawn, isUnread } from "./unread.ts";

/** Maximum number of elements that are read. Reading more would block the page for too long. */
const maxElements = 20_000;

/** Maximum nesting of elements. Deeper ones are not read; HTML parsers create no more than 512 levels. */
const maxDepth = 600;

/** Blocks that are written with an empty line before and after them. Other blocks only begin a new line. */
const paragraphs = "p, h1, h2, h3, h4, h5, h6, ul, ol, dl, table, pre, blockquote, figure, section, article";

/** Content that shows that a table row is used for layout. Such a row is read block by block. */
const layout = "table, h1, h2, h3, h4, h5, h6, ul, ol, p + p, form, article, section";

/**
 * Reads what people can see in elements, as Markdown: headings, paragraphs, lists and table rows. Open shadow roots are
 * read as they are shown.
 * @param maxBytes how much of the text's beginning is kept, in bytes of UTF-8
 */
export function readText(elements: readonly Element[], maxBytes: number): string {
  const reader = new PageReader(maxBytes);
  for (const element of elements) reader.read(element);
  const { text } = reader;
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(maxBytes)).read).trim();
}

class PageReader {
  readonly #maxBytes: number;
  #writer: TextWriter;
  #elements = 0;
  /** The numbers of the items that were read in numbered lists. */
  readonly #numbers = new Map<Element, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#writer = new TextWriter(maxBytes);
  }

  get text(): string {
    return this.#writer.text;
  }

  get #isDone(): boolean {
    return this.#writer.isFull || this.#elements > maxElements;
  }

  /** Reads an element of the page, unless an element around it is excluded, hidden or closed. */
  read(element: Element): void {
    if (this.#isDone) return;
    for (let inner = element, around = parentOf(inner); around; inner = around, around = parentOf(inner))
      if (isUnread(around, getComputedStyle(around)) || isFolded(inner, around)) return;
    this.#writer.break(2);
    this.#element(element, 0);
  }

  #element(element: Element, depth: number): void {
    this.#elements += 1;
    if (this.#isDone || depth > maxDepth) return;
    const style = getComputedStyle(element);
    if (isUnread(element, style)) return;
    const { localName } = element;
    const writer = this.#writer;
    if (localName === "br") return writer.break(1);
    const isInline = /^(?:inline|contents|ruby)/.test(style.display);
    if (isInline) {
      if (style.display.startsWith("inline-")) writer.space();
      this.#children(element, style, depth);
      if (style.display.startsWith("inline-")) writer.space();
      return;
    }
    const breaks = element.matches(paragraphs) && !element.matches("li *") ? 2 : 1;
    writer.break(breaks);
    if (localName === "tr" && !element.querySelector(layout)) this.#row(element, depth);
    else {
      writer.mark(this.#markOf(element));
      this.#children(element, style, depth);
      writer.unmark();
    }
    writer.break(breaks);
  }

  #children(element: Element, style: CSSStyleDeclaration, depth: number): void {
    const isPreserved = style.whiteSpace.startsWith("pre") && style.whiteSpace !== "pre-line";
    for (const node of childrenOf(element)) {
      if (this.#writer.isFull) return;
      if (node instanceof Element) this.#element(node, depth + 1);
      else if (node instanceof Text && isDrawn(node, style)) this.#writer.write(node.data, isPreserved);
    }
  }

  #row(row: Element, depth: number): void {
    const all = [...row.children].filter((cell) => cell.matches("th, td"));
    const cells = all.map((cell) => this.#cell(cell, depth));
    if (cells.every((text) => text === "")) return;
    this.#writer.write(`| ${cells.join(" | ")} |`, true);
    if (!all.every((cell) => cell.localName === "th")) return;
    this.#writer.break(1);
    this.#writer.write(`|${" --- |".repeat(cells.length)}`, true);
  }

  /** Reads a cell as one line. */
  #cell(cell: Element, depth: number): string {
    const around = this.#writer;
    this.#writer = new TextWriter(this.#maxBytes);
    this.#element(cell, depth + 1);
    const { text } = this.#writer;
    this.#writer = around;
    return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  }

  /** What stands before the text of a heading or a list item; an empty string for other elements. */
  #markOf(element: Element): string {
    const { localName, parentElement } = element;
    if (/^h[1-6]$/.test(localName)) return `${"#".repeat(Number(localName.slice(1)))} `;
    if (localName !== "li" || !parentElement) return "";
    let depth = -1;
    for (let list = parentElement.closest("ul, ol"); list; list = list.parentElement?.closest("ul, ol") ?? null)
      depth += 1;
    const isNumbered = parentElement instanceof HTMLOListElement;
    const mark = isNumbered ? `${this.#numberOf(element, parentElement.start)}.` : "-";
    return `${"  ".repeat(Math.max(0, depth))}${mark} `;
  }

  /** The number of a list item. Only the items since the last known number are counted: a list can be very long. */
  #numberOf(item: Element, first: number): number {
    let uncounted = 0;
    let before = item.previousElementSibling;
    for (; before && !this.#numbers.has(before); before = before.previousElementSibling) uncounted += 1;
    const known = before ? this.#numbers.get(before) : undefined;
    const number = (known === undefined ? first : known + 1) + uncounted;
    this.#numbers.set(item, number);
    return number;
  }
}

/**
 * The nodes that are shown in an element. Closed details show only their summary. A shadow host shows the nodes of its
 * open root, and a slot shows the nodes that are assigned to it. In all other cases, these are the element's children.
 */
function childrenOf(element: Element): Iterable<Node> {
  if (element instanceof HTMLDetailsElement && !element.open) {
    const summary = [...element.children].find(({ localName }) => localName === "summary");
    return summary ? [summary] : [];
  }
  if (element.shadowRoot) return element.shadowRoot.childNodes;
  const assigned = element instanceof HTMLSlotElement ? element.assignedNodes() : [];
  return assigned.length > 0 ? assigned : element.childNodes;
}

/** Whether `around` is closed details that hide `inner`. */
function isFolded(inner: Element, around: Element): boolean {
  return around instanceof HTMLDetailsElement && !around.open && ![...childrenOf(around)].includes(inner);
}

/** The element in which another one is shown. It can be a slot, or the host of a shadow root. */
function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
