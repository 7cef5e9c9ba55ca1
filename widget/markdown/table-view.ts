import type { Alignment, Block } from "./block.ts";
import { endOf } from "./block-view.ts";
import type { BlockView } from "./block-view.ts";
import { InlineView } from "./inline-view.ts";
import type { RenderContext } from "./render-options.ts";

/** Cells up to this length, in characters, stay on one line: a number with its unit, a date, a name. */
const shortChars = 12;

interface Cell {
  element: HTMLTableCellElement;
  inline: InlineView;
}

interface Row {
  element: HTMLTableRowElement;
  cells: Cell[];
}

/** Shows a table, which scrolls on its own. Finished rows are not looked at again. */
export class TableView implements BlockView {
  readonly key = "table";
  readonly element = document.createElement("div");
  readonly #table = document.createElement("table");
  readonly #context: RenderContext;
  readonly #rows: Row[] = [];
  #body: HTMLTableSectionElement | undefined;
  #settled = 0;

  constructor(context: RenderContext) {
    this.#context = context;
    this.element.className = "table";
    this.element.part.add("table");
    this.element.tabIndex = 0; // a scrolling element must be reachable by keyboard
    this.element.append(this.#table);
  }

  update(table: Block): void {
    const { children, alignments } = table;
    for (let index = this.#settled; index < children.length; index += 1) {
      const block = children[index];
      if (!block) continue;
      const row = (this.#rows[index] ??= this.#addRow(index));
      this.#updateRow(row, block, alignments, index === 0);
      if ((this.#context.room -= block.cells.length) < 0) break;
      if (block.isFinal && index === this.#settled) this.#settled += 1;
    }
    for (const { element } of this.#rows.splice(children.length)) element.remove();
    if (this.#rows.length >= 2) return;
    this.#body?.remove();
    this.#body = undefined;
  }

  #addRow(index: number): Row {
    const element = document.createElement("tr");
    if (index === 0) this.#table.createTHead().append(element);
    else this.#ensureBody().append(element);
    return { element, cells: [] };
  }

  #ensureBody(): HTMLTableSectionElement {
    this.#body ??= this.#table.createTBody();
    return this.#body;
  }

  #updateRow(row: Row, block: Block, alignments: readonly Alignment[], isHead: boolean): void {
    block.cells.forEach((source, column) => {
      const cell = (row.cells[column] ??= this.#addCell(row, isHead));
      const alignment = alignments[column] ?? "";
      if (cell.element.className !== alignment) cell.element.className = alignment;
      if (!isHead) cell.element.toggleAttribute("data-short", source.length <= shortChars);
      cell.inline.update(source, column === lastFilled(block) ? endOf(block, this.#context) : "complete");
    });
    for (const { element } of row.cells.splice(block.cells.length)) element.remove();
  }

  #addCell(row: Row, isHead: boolean): Cell {
    const element = document.createElement(isHead ? "th" : "td");
    if (isHead) element.setAttribute("scope", "col");
    row.element.append(element);
    return { element, inline: new InlineView(element, this.#context) };
  }
}

/** The column that is being written. */
function lastFilled({ cells }: Block): number {
  return cells.findLastIndex((cell) => cell !== "");
}
