/** How many columns a tab stop is apart (CommonMark 0.31.2, section 2.2). */
const tabColumns = 4;

/** One line of the source and how far it has been read. Columns differ from offsets where there are tabs. */
export class Line {
  readonly text: string;
  /** Where reading goes on, in UTF-16 units. */
  offset = 0;
  column = 0;
  /** The first character from `offset` on that is neither space nor tab. */
  nextNonspace = 0;
  /** Columns between `offset` and that character. */
  indent = 0;
  #nextColumn = 0;
  #isTabPartlyRead = false;

  /** @param text the line without its line ending */
  constructor(text: string) {
    this.text = text;
    this.#look();
  }

  /** Whether nothing but white space is left. */
  get isBlank(): boolean {
    return this.nextNonspace >= this.text.length;
  }

  /** Indented so far that it is code where code can begin. */
  get isIndented(): boolean {
    return this.indent >= 4;
  }

  /** What is left, from its first character that is not white space on. */
  get rest(): string {
    return this.text.slice(this.nextNonspace);
  }

  /** Whether reading stands before a space or a tab. */
  get isAtSpace(): boolean {
    const next = this.text[this.offset];
    return next === " " || next === "\t";
  }

  /** Reads on by a number of columns: a tab may be read in part. */
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

  /** Reads the white space and so many characters behind it. */
  skipIndent(chars = 0): void {
    this.offset = this.nextNonspace + chars;
    this.column = this.#nextColumn + chars;
    this.#isTabPartlyRead = false;
    this.#look();
  }

  /** What is left of the line, with the rest of a tab that was read in part as spaces. */
  take(): string {
    if (!this.#isTabPartlyRead) return this.text.slice(this.offset);
    return " ".repeat(tabColumns - (this.column % tabColumns)) + this.text.slice(this.offset + 1);
  }

  /** Goes back to where reading was. */
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
