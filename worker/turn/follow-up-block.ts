import type { FollowUpMarks } from "../prompt/follow-ups.ts";

/** How much of the blocks is kept, in UTF-16 units: many times what three questions need. The rest is only counted. */
const maxKeptChars = 4000;

/** Line breaks before a block go with it. */
const maxLineBreaks = 2;

/** What a piece of the model's text is. */
export interface SplitPiece {
  /** Part of the answer. */
  shown: string;
  /** Part of a block, its marks included. */
  hidden: string;
}

/**
 * Takes the block of follow-up questions out of an answer while it streams. The pieces in which the text arrives make no
 * difference. What may be the beginning of a mark is held back, with two line breaks before it at most; everything else
 * leaves at once. The block belongs at the end; text after it is part of the answer all the same.
 */
export class FollowUpBlock {
  readonly #marks: FollowUpMarks;
  /** What may become the mark that comes next. */
  #held = "";
  #kept = "";
  #isOpen = false;
  #hasBegun = false;

  constructor(marks: FollowUpMarks) {
    this.#marks = marks;
  }

  /** Whether a block has begun and has not ended. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The lines of the block so far. What does not fit is left out from the line on that is too long. */
  get text(): string {
    const isFull = this.#kept.length >= maxKeptChars;
    return isFull ? this.#kept.slice(0, this.#kept.lastIndexOf("\n") + 1) : this.#kept;
  }

  /** Adds a piece of the model's text. */
  push(text: string): SplitPiece {
    const split = { shown: "", hidden: "" };
    this.#held += text;
    while (this.#takeMark(split)) continue;
    const heldChars = this.#isOpen ? startChars(this.#held, this.#marks.close) : this.#heldChars();
    this.#take(split, this.#held.length - heldChars);
    return split;
  }

  /**
   * The text has ended: what was held back is part of the answer, or of the block that it is in. Line breaks after a block
   * and a mark that was cut off, which nobody else can write, are hidden.
   */
  end(): SplitPiece {
    const held = this.#held;
    this.#held = "";
    const isCutMark = startChars(held, this.#marks.open) > this.#marks.open.indexOf("-") + 1;
    const isRest = this.#hasBegun && /^\n*$/.test(held);
    return this.#isOpen || isCutMark || isRest ? { shown: "", hidden: held } : { shown: held, hidden: "" };
  }

  /** @returns whether a mark was found */
  #takeMark(split: SplitPiece): boolean {
    const mark = this.#isOpen ? this.#marks.close : this.#marks.open;
    const at = this.#held.indexOf(mark);
    if (at < 0) return false;
    const lineBreaks = this.#isOpen ? 0 : lineBreaksBefore(this.#held, at);
    this.#take(split, at - lineBreaks);
    split.hidden += this.#held.slice(0, lineBreaks + mark.length);
    this.#held = this.#held.slice(lineBreaks + mark.length);
    this.#isOpen = !this.#isOpen;
    this.#hasBegun = true;
    if (this.#isOpen && this.#kept !== "") this.#keep("\n"); // a second block begins with a line of its own
    return true;
  }

  #take(split: SplitPiece, chars: number): void {
    const taken = this.#held.slice(0, chars);
    this.#held = this.#held.slice(chars);
    if (!this.#isOpen) {
      split.shown += taken;
      return;
    }
    split.hidden += taken;
    this.#keep(taken);
  }

  #keep(text: string): void {
    this.#kept += text.slice(0, maxKeptChars - this.#kept.length);
  }

  #heldChars(): number {
    const chars = startChars(this.#held, this.#marks.open);
    return chars + lineBreaksBefore(this.#held, this.#held.length - chars);
  }
}

/** How long the end of a text is that is also the beginning of a mark. */
function startChars(text: string, mark: string): number {
  for (let chars = Math.min(text.length, mark.length - 1); chars > 0; chars -= 1) {
    if (mark.startsWith(text.slice(-chars))) return chars;
  }
  return 0;
}

function lineBreaksBefore(text: string, at: number): number {
  let count = 0;
  while (count < maxLineBreaks && text.charAt(at - count - 1) === "\n") count += 1;
  return count;
}
