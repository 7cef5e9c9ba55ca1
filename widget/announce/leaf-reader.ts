import type { Block } from "../markdown/block.ts";
import { BlockParser } from "../markdown/blocks.ts";
import { detachString } from "../markdown/detach-string.ts";
import { isContinuedBy } from "../markdown/growing-text.ts";
import type { Target } from "../markdown/scan-link.ts";

/** A block without child blocks, or a table. A leaf that is still being written can be read in part. */
export interface Leaf {
  /** Undefined while its first line is being written. */
  block: Block | undefined;
  /** The source of its content. For an incomplete leaf, only the part that later text cannot change. */
  text: string;
  isWhole: boolean;
}

/** The start of a line that is part of a paragraph, whatever follows in it. */
const paragraphStart = /^(?:\*\*[^\s*]|\d+[^\d.)]|[^\s\d#`~*+\-_=<>$|:[\\])/;

/** Returns the leaf blocks of a growing text in order. Each line is parsed once, when it is needed. */
export class LeafReader {
  readonly #parser = new BlockParser();
  /** The number of children of an open container that were visited. */
  readonly #visited = new Map<Block, number>();
  readonly #leaves: Block[] = [];
  #text = "";
  #isFinal = false;
  /** The start of the first line that has not been parsed. */
  #read = 0;

  get definitions(): ReadonlyMap<string, Target> {
    return this.#parser.definitions;
  }

  /**
   * Sets the current text.
   * @param isFinal no more text follows
   * @returns false if it does not continue the previous text; in that case nothing is changed
   */
  update(text: string, isFinal: boolean): boolean {
    if (text !== this.#text && (this.#isFinal || !isContinuedBy(this.#text, text, isFinal))) return false;
    this.#text = text;
    this.#isFinal = isFinal;
    return true;
  }

  /** The current leaf; undefined if nothing is certain. */
  get current(): Leaf | undefined {
    while (this.#leaves.length === 0 && this.#readLine()) this.#collectLeaves(this.#parser.document);
    const [block] = this.#leaves;
    return block ? { block, text: block.text, isWhole: true } : this.#growing();
  }

  /** Moves on to the next leaf. The current one must be complete. */
  advance(): void {
    this.#leaves.shift();
  }

  #readLine(): boolean {
    const end = this.#text.indexOf("\n", this.#read);
    const isLast = end === -1;
    if (this.#read > this.#text.length || (isLast && !this.#isFinal)) return false;
    const line = this.#text.slice(this.#read, isLast ? undefined : end);
    if (!isLast || line !== "") this.#parser.read(detachString(line));
    if (isLast) this.#parser.end();
    this.#read = isLast ? this.#text.length + 1 : end + 1;
    return true;
  }

  /** Collects the leaves that have become complete. */
  #collectLeaves(container: Block): void {
    const { children } = container;
    let index = this.#visited.get(container) ?? 0;
    for (let child = children[index]; child; child = children[index]) {
      if (child.children.length > 0 && child.kind !== "table") this.#collectLeaves(child);
      else if (child.isFinal) this.#leaves.push(child);
      if (!child.isFinal) break;
      this.#visited.delete(child);
      index += 1;
    }
    this.#visited.set(container, index);
  }

  /** The certain part of a paragraph that is still being written. */
  #growing(): Leaf | undefined {
    const { tip } = this.#parser;
    const rest = this.#text.slice(this.#read);
    const isParagraph = paragraphStart.test(rest);
    if (tip.kind !== "paragraph") {
      const isApart = tip.kind !== "code" && tip.kind !== "math" && tip.kind !== "table";
      return isApart && isParagraph ? { block: undefined, text: withoutTableHead(rest), isWhole: false } : undefined;
    }
    if (tip.text.startsWith("[")) return undefined; // a link reference definition, or a task
    const text = isParagraph ? `${tip.text}\n${rest}` : tip.text;
    return { block: tip, text: withoutTableHead(text), isWhole: false };
  }
}

/** Leaves out the last line if it has a `|`, because it may become a table's header row. */
function withoutTableHead(text: string): string {
  const lastLine = text.lastIndexOf("\n") + 1;
  return text.includes("|", lastLine) ? text.slice(0, lastLine) : text;
}
