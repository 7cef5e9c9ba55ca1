/** The kind of a block. */
export type BlockKind =
  | "document"
  | "quote"
  | "list"
  | "item"
  | "note"
  | "paragraph"
  | "heading"
  | "rule"
  | "code"
  | "math"
  | "table"
  | "row";

/** The alignment of a column; an empty string follows the text's direction. */
export type Alignment = "" | "left" | "center" | "right";

/** The marker of a list or of one of its items. */
export interface ListMarker {
  /** `-`, `+` or `*` of a bullet, `.` or `)` after a number. A different delimiter starts another list. */
  delimiter: string;
  /** The number of an ordered item, or of an ordered list's first item; undefined for bullets. */
  start: number | undefined;
  /** Columns before the marker. */
  offset: number;
  /** Columns from the start of the marker to the content. */
  padding: number;
}

/** The opening of a fenced code block or a display formula. */
export interface Fence {
  /** The opening characters of a code block, or the marker that closes a formula. */
  marker: string;
  /** Columns before the marker, which are removed from the block's lines. */
  offset: number;
  info: string;
}

/**
 * A block of the document. Containers have children, leaves have text; which other fields are used depends on `kind`.
 * Only the block parser changes a block.
 */
export class Block {
  readonly kind: BlockKind;
  readonly parent: Block | undefined;
  readonly depth: number;
  children: Block[] = [];
  isOpen = true;
  /** Whether the block is closed for good: neither it nor its content changes any more. */
  isFinal = false;
  /** The first line's number, from 1. Line numbers tell where blank lines make a list loose. */
  startLine: number;
  endLine = 0;
  /** The source of a leaf's content. */
  text = "";
  /** The last line of a paragraph's text. */
  lastLine = "";
  /** The lines of a code block. */
  readonly lines: string[] = [];
  /** Level of a heading, 1 to 6. */
  level = 0;
  /** Marker of a list or an item. */
  marker: ListMarker | undefined;
  /** Whether a list is known to have blank lines between its items or their blocks. */
  isLoose = false;
  /** Fence of a code block or a formula. */
  fence: Fence | undefined;
  /** Alignments of a table, one per column. */
  alignments: readonly Alignment[] = [];
  /** The source of a row's cells. */
  cells: readonly string[] = [];
  /** For a document: the number of empty cells at the end of its tables' rows. */
  emptyCells = 0;
  /** Label of a footnote definition: the text of its references. */
  label = "";

  /** @param startLine number of its first line, from 1 */
  constructor(kind: BlockKind, parent: Block | undefined, startLine: number) {
    this.kind = kind;
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
    this.startLine = startLine;
  }

  /** The last child. */
  get last(): Block | undefined {
    return this.children.at(-1);
  }
}

/** Whether a block can contain a child of a kind. */
export function canContain(parent: BlockKind, child: BlockKind): boolean {
  switch (parent) {
    case "document":
      return child !== "item" && child !== "row";
    case "quote":
    case "item":
    case "note":
      return child !== "item" && child !== "row" && child !== "note";
    case "list":
      return child === "item";
    case "table":
      return child === "row";
    default:
      return false;
  }
}

/** Whether a list has blank lines between its items or their blocks, as far as is known. */
export function isLoose(list: Block): boolean {
  const item = list.last;
  if (list.isLoose || item === undefined) return list.isLoose;
  return isApart(list) || isApart(item);
}

/** Whether there are blank lines before a block's last child. */
export function isApart({ children }: Block): boolean {
  const last = children.at(-1);
  const before = children.at(-2);
  return last !== undefined && before !== undefined && last.startLine !== before.endLine + 1;
}

/** The number of lines that belong to a code block: trailing blank lines of indented code do not. */
export function shownLines({ lines, fence }: Block): number {
  if (fence) return lines.length;
  return lines.findLastIndex((line) => line.trim() !== "") + 1;
}

/** The checkbox of a task as it is written (GitHub Flavored Markdown 0.29, section 5.3). */
export function taskOf(block: Block): string | undefined {
  const isFirst = block.parent?.kind === "item" && block.parent.children[0] === block;
  return isFirst ? /^\[[ xX]\](?=\s)/.exec(block.text)?.[0] : undefined;
}
