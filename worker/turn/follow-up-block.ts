import type { FollowUpMarks } from "../prompt/follow-ups.ts";

/**
 * How much text of the blocks is kept, in UTF-16 units: many times what three questions need. Further text is only
 * counted.
 */
const maxKeptChars = 4000;

/** How many line breaks before a block are removed with it, at most. */
const maxLineBreaks = 2;

/** A piece of the model's text, split into what is shown and what is hidden. */
export interface SplitPiece {
  /** Part of the answer. */
  shown: string;
  /** Part of a block, its marks included. */
  hidden: string;
}

/**
 * Removes the block of follow-up questions from an answer while it streams. It does not matter how the text is split
 * into pieces. Text that may be the beginning of a mark is held back, with up to two line breaks before it; everything
 * else is passed on at once. The block should come last, but text after it is still part of the answer.
 */
export class FollowUpBlock {
  readonly #marks: FollowUpMarks;
  /** Text that may become the next mark. */
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

  /** The lines of the block so far. If the limit was reached, the line that it cut off is left out. */
  get text(): string {
    const isFull = this.#kept.length >= maxKeptChars;
    return isFull ? this.#kept.slice(0, this.#kept.lastIndexOf("\n") + 1) : this.#kept;
  }

  /** Adds a piece of the model's text; returns the text that is now certain to be shown or hidden. */
  push(text: string): SplitPiece {
    const split = { shown: "", hidden: "" };
    this.#held += text;
    while (this.#takeMark(split)) continue;
    const heldChars = this.#isOpen ? startChars(this.#held, this.#marks.close) : this.#heldChars();
    this.#take(split, this.#held.length - heldChars);
    return split;
  }

  /**
   * Ends the text: what was held back is part of the answer, or of the block that is open. Line breaks after a block
   * are hidden, and so is an opening mark that was cut off, if enough of it arrived to recognize it.
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
    if (this.#isOpen && this.#kept !== "") this.#keep("\n"); // a second block begins on a new line
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

/** The length of the longest end of `text` that is the beginning of `mark`, in UTF-16 units. */
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
