/** Columns between tab stops (CommonMark 0.31.2, section 2.2). */
const tabColumns = 4;

/** A line of the source, and how far it was read. Columns differ from offsets after tabs. */
export class Line {
  readonly text: string;
  /** The position of the next character, in UTF-16 units. */
  offset = 0;
  column = 0;
  /** The position of the next character that is neither a space nor a tab. */
  nextNonspace = 0;
  /** Columns between `offset` and `nextNonspace`. */
  indent = 0;
  #nextColumn = 0;
  #isTabPartlyRead = false;

  /** @param text the line without its line ending */
  constructor(text: string) {
    this.text = text;
    this.#look();
  }

  /** Whether only white space is left. */
  get isBlank(): boolean {
    return this.nextNonspace >= this.text.length;
  }

  /** Whether it is indented enough for code. */
  get isIndented(): boolean {
    return this.indent >= 4;
  }

  /** The rest of the line, without leading white space. */
  get rest(): string {
    return this.text.slice(this.nextNonspace);
  }

  /** Whether the next character is a space or a tab. */
  get isAtSpace(): boolean {
    const next = this.text[this.offset];
    return next === " " || next === "\t";
  }

  /** Skips a number of columns, possibly a part of a tab. */
  skipColumns(count: number): void {
    let left = count;
    while (left > 0 && this.offset < this.text.length) {
      const width = this.text[this.offset] === "\t" ? tabColumns - (this.column % tabColumns) : 1;
      this.#isTabPartlyRead = width > left;
      const step = Math.min(left, width);
      this.column += step;
      left -= step;
      if (!this.#isTabPartlyRead) this.offset += 1;
    }
    this.#look();
  }

  /** Skips white space and a number of characters after it. */
  skipIndent(chars = 0): void {
    this.offset = this.nextNonspace + chars;
    this.column = this.#nextColumn + chars;
    this.#isTabPartlyRead = false;
    this.#look();
  }

  /** The rest of the line, with spaces for the rest of a partly read tab. */
  take(): string {
    if (!this.#isTabPartlyRead) return this.text.slice(this.offset);
    return " ".repeat(tabColumns - (this.column % tabColumns)) + this.text.slice(this.offset + 1);
  }

  /** Returns to an earlier position. */
  rewind({ offset, column }: { offset: number; column: number }): void {
    this.offset = offset;
    this.column = column;
    this.#isTabPartlyRead = false;
    this.#look();
  }

  #look(): void {
    let { offset, column } = this;
    for (; offset < this.text.length; offset += 1) {
      const char = this.text[offset];
      if (char === "\t") column += tabColumns - (column % tabColumns);
      else if (char === " ") column += 1;
      else break;
    }
    this.nextNonspace = offset;
    this.#nextColumn = column;
    this.indent = column - this.column;
  }
}
