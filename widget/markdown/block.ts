/** What a block is. */
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

/** How the cells of a column are set; the empty string is as the text's direction says. */
export type Alignment = "" | "left" | "center" | "right";

/** How a list or one of its items is marked. */
export interface ListMarker {
  /** `-`, `+` or `*` of a bullet, `.` or `)` behind a number: another one begins another list. */
  delimiter: string;
  /** The number of an ordered list's first item. */
  start: number | undefined;
  /** Columns before the marker. */
  offset: number;
  /** Columns from the marker's start to the content's. */
  padding: number;
}

/** What opened a code or formula block that a line of its own closes. */
export interface Fence {
  /** The opening characters, or what closes the formula. */
  marker: string;
  /** Columns before it, which its lines lose too. */
  offset: number;
  info: string;
}

/**
 * A block of the document. Containers have children, leaves have text; `kind` says which of the other fields are
 * meant. Only the block parser changes one.
 */
export class Block {
  readonly kind: BlockKind;
  readonly parent: Block | undefined;
  readonly depth: number;
  children: Block[] = [];
  isOpen = true;
  /** Closed by what is certain: neither it nor anything in it changes any more. */
  isFinal = false;
  /** Lines count from 1: whether blank ones lie between two blocks decides whether a list is loose. */
  startLine: number;
  endLine = 0;
  /** The source of a leaf's content. */
  text = "";
  /** Of a code block: its lines. */
  readonly lines: string[] = [];
  /** Of a heading: 1 to 6. */
  level = 0;
  /** Of a list and of an item. */
  marker: ListMarker | undefined;
  /** Of a list: known to have blank lines between its items or their blocks. */
  isLoose = false;
  /** Of a fenced code block or a formula. */
  fence: Fence | undefined;
  /** Of a table: one a column. */
  alignments: readonly Alignment[] = [];
  /** Of a row: the source of its cells. */
  cells: readonly string[] = [];
  /** Of a footnote's text: what its references say. */
  label = "";

  /** @param startLine the line that it begins on, from 1 */
  constructor(kind: BlockKind, parent: Block | undefined, startLine: number) {
    this.kind = kind;
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
    this.startLine = startLine;
  }

  /** The child that was added last. */
  get last(): Block | undefined {
    return this.children.at(-1);
  }
}

/** Whether a block of one kind may be a child of another. */
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

/** Whether a list has blank lines between what it holds, as far as it is known. */
export function isLoose(list: Block): boolean {
  const item = list.last;
  if (list.isLoose || item === undefined) return list.isLoose;
  return isApart(list) || isApart(item);
}

/** Whether blank lines lie before a block's last child. */
export function isApart({ children }: Block): boolean {
  const last = children.at(-1);
  const before = children.at(-2);
  return last !== undefined && before !== undefined && last.startLine !== before.endLine + 1;
}

/** How many lines of a code block belong to it: blank ones at the end of indented code do not. */
export function shownLines({ lines, fence }: Block): number {
  if (fence) return lines.length;
  return lines.findLastIndex((line) => line.trim() !== "") + 1;
}

/** The box of a task, as it is written: GitHub Flavored Markdown 0.29, section 5.3. */
export function taskOf(block: Block): string | undefined {
  const isFirst = block.parent?.kind === "item" && block.parent.children[0] === block;
  return isFirst ? /^\[[ xX]\](?=\s)/.exec(block.text)?.[0] : undefined;
}
