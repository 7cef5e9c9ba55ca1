import type { Block } from "../markdown/block.ts";
import { BlockParser } from "../markdown/blocks.ts";
import { detachString } from "../markdown/detach-string.ts";
import { isContinuedBy } from "../markdown/growing-text.ts";
import type { Target } from "../markdown/scan-link.ts";

/** Something that is read in one go: a paragraph, a heading, a table, a block of code. */
export interface Leaf {
  /** Undefined while its first line is being written. */
  block: Block | undefined;
  /** The source of its content; of one that is not whole, what cannot become anything else. */
  text: string;
  isWhole: boolean;
}

/** The start of a line that makes it a paragraph's, whatever follows in it. */
const paragraphStart = /^(?:\*\*[^\s*]|\d+[^\d.)]|[^\s\d#`~*+\-_=<>$|:[\\])/;

/** Gives the leaves of a growing text, one after the other. Each line is read once, and only when it is wanted. */
export class LeafReader {
  readonly #parser = new BlockParser();
  /** How many children of a container have been met, while it is open. */
  readonly #met = new Map<Block, number>();
  readonly #leaves: Block[] = [];
  #text = "";
  #isFinal = false;
  /** Where the first line begins that has not been read. */
  #read = 0;

  get definitions(): ReadonlyMap<string, Target> {
    return this.#parser.definitions;
  }

  /**
   * Takes in the text as it is now.
   * @param isFinal nothing will follow
   * @returns false where it is another text: then nothing was taken in
   */
  update(text: string, isFinal: boolean): boolean {
    if (text !== this.#text && (this.#isFinal || !isContinuedBy(this.#text, text, isFinal))) return false;
    this.#text = text;
    this.#isFinal = isFinal;
    return true;
  }

  /** The leaf to go on with; undefined where nothing is certain. */
  get current(): Leaf | undefined {
    while (this.#leaves.length === 0 && this.#readLine()) this.#meet(this.#parser.document);
    const [block] = this.#leaves;
    return block ? { block, text: block.text, isWhole: true } : this.#growing();
  }

  /** Goes on behind the current leaf, which must be whole. */
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

  /** Notes the leaves that have become whole. */
  #meet(container: Block): void {
    const { children } = container;
    let index = this.#met.get(container) ?? 0;
    for (let child = children[index]; child; child = children[index]) {
      if (child.children.length > 0 && child.kind !== "table") this.#meet(child);
      else if (child.isFinal) this.#leaves.push(child);
      if (!child.isFinal) break;
      this.#met.delete(child);
      index += 1;
    }
    this.#met.set(container, index);
  }

  /** What is certain of a paragraph that is being written. */
  #growing(): Leaf | undefined {
    const { tip } = this.#parser;
    const rest = this.#text.slice(this.#read);
    const isParagraph = paragraphStart.test(rest);
    if (tip.kind !== "paragraph") {
      const isApart = tip.kind !== "code" && tip.kind !== "math" && tip.kind !== "table";
      return isApart && isParagraph ? { block: undefined, text: withoutTableHead(rest), isWhole: false } : undefined;
    }
    if (tip.text.startsWith("[")) return undefined; // a definition, or a task
    const text = isParagraph ? `${tip.text}\n${rest}` : tip.text;
    return { block: tip, text: withoutTableHead(text), isWhole: false };
  }
}

/** The last line of a paragraph may become the head of a table. */
function withoutTableHead(text: string): string {
  const lastLine = text.lastIndexOf("\n") + 1;
  return text.includes("|", lastLine) ? text.slice(0, lastLine) : text;
}
