/** What a line can begin with before its content: white space, quotes and list markers. */
const prefix = /^(?:[ \t\r]|>|(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const unfinishedPrefix = /^(?:[ \t\r]|>|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|\d{1,9}$)*$/;

const fenceRun = /^(?:`{3,}|~{3,})/;

/** How far a line has to be indented to be code, in columns. */
const codeColumns = 4;

/** How much of a line's content is kept, in UTF-16 units: the longest run that can open or close a fence. */
const maxContentChars = 100;

interface Fence {
  /** Its backticks or tildes. */
  run: string;
  isQuoted: boolean;
}

/**
 * Reads a Markdown text as it arrives, and knows whether its end is inside code: in a fence, between backticks, or
 * indented. It knows only what came before, so a backtick that is never closed counts as code up to the end of its
 * paragraph. Indented lines in a list count as text, because most of them are text.
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 */
export class MarkdownCode {
  /** The current line so far, while all of it may still be prefix; undefined once its content has begun. */
  #head: string | undefined = "";
  /** The beginning of the current line's content. */
  #content = "";
  /** Whether the line has backticks after other content: then backticks at its beginning do not open a fence. */
  #hasLaterBacktick = false;
  #fence: Fence | undefined;
  #isQuoted = false;
  #isIndented = false;
  #isAfterBlankLine = true;
  #isInList = false;
  /** How many backticks opened the code span that is open; 0 outside of one. */
  #span = 0;
  /** How many backticks have just come. */
  #run = 0;
  #isEscaped = false;

  /** Whether the current line has no content yet. */
  get isAtLineStart(): boolean {
    return this.#head !== undefined;
  }

  /** Whether the next character would be in code. Not valid for white space at the line's start or for a backtick. */
  get isInCode(): boolean {
    if (this.#head !== undefined) {
      if (this.#fence !== undefined) return !this.#leavesFence(this.#head);
      return this.#isCodeIndent(this.#head) || (this.#span > 0 && !isItem(this.#head));
    }
    this.#endRun();
    if (this.#fence !== undefined) return !this.#closesFence(this.#fence);
    return this.#isIndented || this.#span > 0 || this.#content.startsWith("~~~");
  }

  /** Adds the next UTF-16 unit of the text. */
  push(char: string): void {
    if (char === "\n") return this.#endLine();
    if (this.#head === undefined) return this.#pushContent(char);
    this.#head += char;
    if (!unfinishedPrefix.test(this.#head)) this.#beginContent(this.#head);
  }

  #beginContent(line: string): void {
    const head = prefix.exec(line)?.[0] ?? "";
    const content = line.slice(head.length);
    this.#head = undefined;
    if (this.#fence !== undefined && this.#leavesFence(head)) this.#fence = undefined;
    if (this.#fence === undefined) this.#beginText(head, content.startsWith("#"));
    for (const char of content) this.#pushContent(char);
  }

  #beginText(head: string, isHeading: boolean): void {
    const startsItem = isItem(head);
    this.#isQuoted = head.includes(">");
    this.#isIndented = this.#isCodeIndent(head);
    if (startsItem || isHeading) this.#span = 0; // a block of its own: no span reaches into it
    if (startsItem) this.#isInList = true;
    else if (isHeading || (this.#isAfterBlankLine && columnsOf(head) < 2)) this.#isInList = false;
    this.#isAfterBlankLine = false;
  }

  /** An indented line is code after a blank line or another line of code, but not in a list. */
  #isCodeIndent(head: string): boolean {
    if (this.#isInList || /\S/.test(head) || columnsOf(head) < codeColumns) return false;
    return this.#isAfterBlankLine || this.#isIndented;
  }

  /** A fence in a quote ends with the quote. */
  #leavesFence(head: string): boolean {
    return this.#fence?.isQuoted === true && !head.includes(">");
  }

  #closesFence({ run }: Fence): boolean {
    const closing = this.#content.trimEnd();
    return (
      closing.length >= run.length &&
      this.#content.length <= maxContentChars &&
      closing === run.charAt(0).repeat(closing.length)
    );
  }

  #pushContent(char: string): void {
    if (char === "`") this.#hasLaterBacktick ||= /[^`]/.test(this.#content);
    if (this.#content.length <= maxContentChars) this.#content += char;
    if (this.#fence !== undefined || this.#isIndented) return;
    if (char === "`" && !this.#isEscaped) {
      this.#run += 1;
      return;
    }
    this.#endRun();
    this.#isEscaped = char === "\\" && !this.#isEscaped && this.#span === 0;
  }

  /** Ends a run of backticks: it opens a code span, or closes one that a run of the same length opened. */
  #endRun(): void {
    if (this.#run > 0 && (this.#span === 0 || this.#span === this.#run)) {
      this.#span = this.#span === 0 ? this.#run : 0;
    }
    this.#run = 0;
  }

  #endLine(): void {
    if (this.#head !== undefined) this.#endBlankLine(this.#head);
    else if (this.#fence !== undefined) {
      if (this.#closesFence(this.#fence)) this.#fence = undefined;
    } else {
      this.#endRun();
      this.#fence = this.#openedFence();
      if (this.#fence !== undefined) this.#span = 0;
    }
    this.#head = "";
    this.#content = "";
    this.#hasLaterBacktick = false;
    this.#isEscaped = false;
  }

  #endBlankLine(head: string): void {
    if (this.#fence !== undefined) {
      if (this.#leavesFence(head)) this.#fence = undefined;
      return;
    }
    if (isItem(head)) this.#isInList = true; // an item without content
    this.#isAfterBlankLine = true;
    this.#span = 0;
  }

  /** The fence that the line opens, if any: no backtick may follow opening backticks on the same line. */
  #openedFence(): Fence | undefined {
    if (this.#isIndented) return undefined;
    const run = fenceRun.exec(this.#content)?.[0];
    if (run === undefined || (run.startsWith("`") && this.#hasLaterBacktick)) return undefined;
    return { run, isQuoted: this.#isQuoted };
  }
}

/** Whether a line that begins like this is an item of a list. */
function isItem(head: string): boolean {
  return /[^\s>]/.test(head);
}

/** The width of a line's prefix, in columns. A tab ends at a multiple of four. */
function columnsOf(head: string): number {
  let columns = 0;
  for (const char of head) columns += char === "\t" ? codeColumns - (columns % codeColumns) : 1;
  return columns;
}
