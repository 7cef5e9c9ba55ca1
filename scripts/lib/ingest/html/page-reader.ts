import { isElement, type PageElement } from "./dom.ts";
import { readHeading, type MakeAnchor } from "./heading.ts";
import { isLeftOut } from "./left-out.ts";
import { SectionWriter } from "./section-writer.ts";
import { collapse, fenced, pipeTable } from "./text.ts";

/** How deeply elements may be nested. The text of deeper elements is read without its structure. */
const maxDepth = 200;

/** The most columns or rows that one cell can span. Browsers limit them as well. */
const maxSpan = 100;

const blockElements = new Set(
  (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header " +
    "hgroup hr html legend main p section summary tbody tr td th caption"
  ).split(" "),
);

/** Reads the elements of a page as text below headings. */
export class PageReader {
  readonly #writer: SectionWriter;
  readonly #makeAnchor?: MakeAnchor;
  readonly #depth: number;

  constructor(writer: SectionWriter, makeAnchor?: MakeAnchor, depth = 0) {
    this.#writer = writer;
    this.#makeAnchor = makeAnchor;
    this.#depth = depth;
  }

  /** Reads everything in an element. @param depth how deeply it is nested */
  readChildren(element: PageElement, depth = this.#depth): void {
    if (depth > maxDepth) {
      this.#writer.write(element.textContent ?? "");
      return;
    }
    for (const node of element.childNodes) {
      if (node.nodeType === 3) this.#writer.write((node.nodeValue ?? "").replaceAll("\n", " "));
      if (isElement(node)) this.#readElement(node, depth + 1);
    }
  }

  #readElement(element: PageElement, depth: number): void {
    if (isLeftOut(element, true)) return;
    const name = element.localName;
    if (name === "br") this.#writer.write("\n");
    else if (/^h[1-6]$/.test(name)) this.#readHeading(element, depth);
    else if (name === "pre") this.#writer.addBlock(codeBlock(element));
    else if (name === "table" && !isForLayout(element)) this.#readTable(element, depth);
    else if (name === "ul" || name === "ol" || name === "menu") this.#readList(element, depth);
    else if (name === "math") this.#writer.write(element.querySelector("annotation")?.textContent ?? "");
    else if (blockElements.has(name) || name === "table") this.#readBlock(element, depth);
    else this.readChildren(element, depth);
  }

  #readBlock(element: PageElement, depth: number): void {
    this.#writer.endParagraph();
    this.readChildren(element, depth);
    this.#writer.endParagraph();
  }

  #readHeading(element: PageElement, depth: number): void {
    const text = this.#blocksIn(element, depth).join(" ");
    this.#writer.begin(readHeading(element, text, this.#makeAnchor));
  }

  /** Everything in a list item stays in it, including headings and code: a step with its command is one item. */
  #readList(list: PageElement, depth: number): void {
    const start = Number(list.getAttribute("start") ?? 1) || 1;
    const items = [...list.children].filter((item) => !isLeftOut(item, true));
    const lines = items.map((item, at) => {
      const marker = list.localName === "ol" ? `${start + at}. ` : "- ";
      const text = this.#blocksIn(item, depth).join("\n");
      return text === "" ? "" : marker + text.replaceAll("\n", `\n${" ".repeat(marker.length)}`);
    });
    this.#writer.addBlock(lines.filter(Boolean).join("\n"));
  }

  #readTable(table: PageElement, depth: number): void {
    const caption = table.querySelector("caption");
    if (caption !== null) this.#readBlock(caption, depth);
    const rows = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
    const cells = this.#cellsOf(rows, depth).filter((row) => row.some(Boolean));
    if (cells.length > 0) this.#writer.addBlock(pipeTable(cells));
  }

  /** A cell that spans several rows is repeated in each of them, because each row must be readable by itself. */
  #cellsOf(rows: readonly PageElement[], depth: number): string[][] {
    const grid: string[][] = rows.map(() => []);
    for (const [top, row] of rows.entries()) {
      let left = 0;
      for (const cell of row.children) {
        while (grid[top]?.[left] !== undefined) left += 1;
        const text = this.#blocksIn(cell, depth).join(" ").replaceAll(/\s+/g, " ");
        for (let down = 0; down < spanOf(cell, "rowspan"); down += 1) {
          const target = grid[top + down];
          if (target === undefined) break;
          for (let right = 0; right < spanOf(cell, "colspan"); right += 1)
            target[left + right] = right === 0 ? text : "";
        }
      }
    }
    return grid.map((cells) => Array.from(cells, (cell) => cell ?? ""));
  }

  #blocksIn(element: PageElement, depth: number): string[] {
    const writer = new SectionWriter();
    new PageReader(writer, undefined, depth).readChildren(element);
    return writer.blocks();
  }
}

function spanOf(cell: PageElement, attribute: "rowspan" | "colspan"): number {
  return Math.min(maxSpan, Math.max(1, Number(cell.getAttribute(attribute)) || 1));
}

/** A table that holds parts of a page, not data. */
function isForLayout(table: PageElement): boolean {
  const role = table.getAttribute("role");
  return role === "presentation" || role === "none" || table.querySelector("table, h1, h2, h3, pre, p + p") !== null;
}

function codeBlock(pre: PageElement): string {
  const classes = `${pre.getAttribute("class") ?? ""} ${pre.querySelector("code")?.getAttribute("class") ?? ""}`;
  const [, language = pre.getAttribute("data-language") ?? ""] = /\blang(?:uage)?-([\w+#.-]+)/.exec(classes) ?? [];
  for (const line of pre.querySelectorAll("br")) line.replaceWith("\n");
  const code = pre.textContent ?? "";
  return collapse(code) === "" ? "" : fenced(code, language);
}
