import type { Alignment, BlockKind } from "./block.ts";
import { withoutDirections, withoutOverrides } from "./bidi.ts";
import { Block, canContain, isApart, shownLines } from "./block.ts";
import { headCells, startBlock } from "./block-starts.ts";
import { continueBlock } from "./continue-block.ts";
import { Line } from "./line.ts";
import { labelKey, scanDefinition } from "./scan-link.ts";
import type { Target } from "./scan-link.ts";
import { splitRow } from "./table-row.ts";

/** Maximum number of columns. A wider table is shown as text: nobody could read it. */
const maxColumns = 100;

/**
 * Maximum number of empty cells at the end of rows in a document. A row of one character would otherwise become as many
 * cells as its table has columns. Past this limit, rows have fewer cells.
 */
const maxEmptyCells = 500;

/** The state of an open block before a provisional line. */
interface Checkpoint {
  block: Block;
  fields: Partial<Block>;
  children: number;
  last: Block | undefined;
  lines: number;
}

/**
 * Parses lines into blocks: the first phase of the strategy in CommonMark 0.31.2's appendix. Each line is read once and
 * touches only open blocks, so the cost grows linearly with the text. The last line, whose end has not arrived yet, is
 * read provisionally and undone before more is read.
 */
export class BlockParser {
  readonly document = new Block("document", undefined, 1);
  /** Link reference definitions by label key. The first definition of a label counts. */
  readonly definitions = new Map<string, Target>();
  /** Keys that were defined since a caller last emptied this list. */
  readonly newLabels: string[] = [];
  /** The innermost open block. */
  tip = this.document;
  currentLine = 0;
  #matched = this.document;
  #lastTip = this.document;
  #checkpoints: Checkpoint[] = [];
  #isTrial = false;

  /** Reads one line, without its line ending. */
  read(text: string): void {
    this.currentLine += 1;
    const line = new Line(withoutOverrides(text).replaceAll("\0", "\uFFFD"));
    this.#lastTip = this.tip;
    const reached = this.#descend(line);
    if (!reached) return;
    const { container, isAll } = reached;
    const isLazy = !isAll && !line.isBlank && this.tip.kind === "paragraph";
    this.#matched = container;
    const target = this.#open(container, line);
    if (!target) return;
    if (isLazy && this.tip === this.#lastTip && target === this.#matched) this.#append(this.tip, line);
    else this.#addText(target, line);
  }

  /** Reads the line that is still growing; {@link undoTrial} undoes it. */
  readOnTrial(text: string): void {
    this.#checkpoints = [];
    for (let block: Block | undefined = this.tip; block; block = block.parent) {
      const { children, last, lines } = block;
      this.#checkpoints.push({
        block,
        fields: { ...block },
        children: children.length,
        last,
        lines: lines.length,
      });
    }
    this.#isTrial = true;
    if (text !== "") this.read(text);
    else this.currentLine += 1;
    this.guessTable();
  }

  /** Undoes {@link readOnTrial}. */
  undoTrial(): void {
    if (!this.#isTrial) return;
    this.#isTrial = false;
    this.currentLine -= 1;
    for (const { block, fields, children, last, lines } of this.#checkpoints) {
      Object.assign(block, fields);
      block.lines.length = lines;
      block.children.length = children;
      if (last) block.children[children - 1] = last;
    }
    const [first] = this.#checkpoints;
    if (first) this.tip = first.block;
  }

  /** Closes all open blocks: the text is complete. */
  end(): void {
    this.currentLine += 1;
    while (this.tip !== this.document) this.close(this.tip, this.currentLine - 1);
    this.close(this.document, this.currentLine - 1);
  }

  /** Closes the blocks that the line does not belong to, once it is known to start or continue another block. */
  closeUnmatched(): void {
    while (this.#lastTip !== this.#matched && this.#lastTip.parent) {
      const { parent } = this.#lastTip;
      if (this.#lastTip.isOpen) this.close(this.#lastTip, this.currentLine - 1);
      this.#lastTip = parent;
    }
    this.#lastTip = this.#matched;
  }

  /** Adds a block to the innermost open one that may contain it. */
  add(kind: BlockKind): Block {
    this.closeUnmatched();
    while (!canContain(this.tip.kind, kind)) this.close(this.tip, this.currentLine - 1);
    const block = new Block(kind, this.tip, this.currentLine);
    this.tip.children.push(block);
    this.tip = block;
    return block;
  }

  /** Replaces a paragraph that turns out to be something else. */
  replace(paragraph: Block, kind: BlockKind): Block {
    const { parent = this.document, startLine } = paragraph;
    const block = new Block(kind, parent, startLine);
    parent.children[parent.children.length - 1] = block;
    this.tip = block;
    return block;
  }

  /** @param endLine the last line of the block */
  close(block: Block, endLine: number): void {
    block.isOpen = false;
    block.isFinal = !this.#isTrial;
    block.endLine = endLine;
    if (block.kind === "paragraph") this.takeDefinitions(block);
    if (block.kind === "code" && !block.fence) block.endLine = block.startLine + shownLines(block) - 1;
    const isContainer = block.kind === "item" || block.kind === "list" || block.kind === "note";
    if (isContainer) block.endLine = block.last?.endLine ?? block.startLine;
    const { parent } = block;
    this.tip = parent ?? this.document;
    if (block.kind === "paragraph" && block.text === "") parent?.children.pop();
    else if (parent) this.#noteGap(parent);
  }

  /** Removes link reference definitions from the start of a paragraph. */
  takeDefinitions(paragraph: Block): void {
    for (let found = scanDefinition(paragraph.text); found; found = scanDefinition(paragraph.text)) {
      paragraph.text = paragraph.text.slice(found.end);
      const key = labelKey(found.value.label);
      if (this.#isTrial || this.definitions.has(key)) continue;
      this.definitions.set(key, found.value);
      this.newLabels.push(key);
    }
    if (paragraph.text.trim() === "") paragraph.text = "";
  }

  /** Turns a paragraph's last line into a table header. @returns false if its number of cells does not allow that */
  makeTable(paragraph: Block, alignments: readonly Alignment[]): boolean {
    const cells = headCells(paragraph);
    if (cells.length !== alignments.length || cells.length > maxColumns) return false;
    const lines = paragraph.text.trimEnd();
    const before = lines.slice(0, lines.lastIndexOf("\n") + 1);
    paragraph.text = before;
    const table = before === "" ? this.replace(paragraph, "table") : this.#addBehind(paragraph);
    table.alignments = alignments;
    this.#addRow(table, cells);
    return true;
  }

  #addBehind(paragraph: Block): Block {
    this.close(paragraph, this.currentLine - 2);
    this.#lastTip = this.tip;
    this.#matched = this.tip;
    const table = this.add("table");
    table.startLine = this.currentLine - 1;
    return table;
  }

  /** Shows a line that starts with a pipe as a table header at once, because it most likely is one. */
  guessTable(): void {
    const { tip } = this;
    if (tip.kind !== "paragraph") return;
    if (/^\|./.test(tip.lastLine.trimEnd()))
      this.makeTable(
        tip,
        headCells(tip).map(() => ""),
      );
  }

  /** Descends the open blocks as long as the line belongs to them. */
  #descend(line: Line): { container: Block; isAll: boolean } | undefined {
    let container = this.document;
    for (let next = container.last; next?.isOpen; next = container.last) {
      const outcome = continueBlock(next, line);
      if (outcome === "ends") return this.#endWith(next);
      if (outcome === "left") return { container, isAll: false };
      container = next;
    }
    return { container, isAll: true };
  }

  #endWith(block: Block): undefined {
    this.close(block, this.currentLine);
  }

  /** Starts all blocks that the line opens. */
  #open(start: Block, line: Line): Block | undefined {
    let container = start;
    while (container.kind !== "code" && container.kind !== "math") {
      const result = startBlock(this, container, line);
      if (result === "done") return undefined;
      if (result === "none") break;
      container = this.tip;
      if (result === "leaf") break;
    }
    return container;
  }

  #addText(container: Block, line: Line): void {
    this.closeUnmatched();
    switch (container.kind) {
      case "code":
        container.lines.push(withoutDirections(line.take()));
        return;
      case "math":
        container.text += `${line.take()}\n`;
        return;
      case "paragraph":
        this.#append(container, line);
        return;
      case "table":
        this.#addRow(container, splitRow(line.rest));
        return;
      default:
        if (!line.isBlank) this.#append(this.add("paragraph"), line);
    }
  }

  #append(paragraph: Block, line: Line): void {
    paragraph.text += paragraph.text === "" ? line.rest : `\n${line.rest}`;
    paragraph.lastLine = line.rest;
  }

  #addRow(table: Block, cells: readonly string[]): void {
    const row = new Block("row", table, this.currentLine);
    const lastFilled = cells.findLastIndex((cell) => cell !== "");
    row.cells = table.alignments
      .map((_, column) => cells[column] ?? "")
      .filter((_, column) => column <= lastFilled || (this.document.emptyCells += 1) <= maxEmptyCells);
    row.isOpen = false;
    row.isFinal = !this.#isTrial;
    table.children.push(row);
    this.tip = table;
  }

  /** Blank lines between items, or between the blocks of an item, make a list loose (section 5.3). */
  #noteGap(parent: Block): void {
    const list = parent.kind === "list" ? parent : parent.kind === "item" ? parent.parent : undefined;
    if (list && isApart(parent)) list.isLoose = true;
  }
}
