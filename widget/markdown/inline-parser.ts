import { outerMarks, scanAutolink, scanBareAddress } from "./autolink.ts";
import { withoutDirections } from "./bidi.ts";
import { closeBracket } from "./brackets.ts";
import type { Bracket } from "./brackets.ts";
import { matchDelimiters, runLength, scanDelimiter } from "./emphasis.ts";
import type { Delimiter } from "./emphasis.ts";
import { decodeEntity, lacksEntities, loadEntities } from "./entities.ts";
import { isFormulaOpen, knowsFormulas, loadFormulas, scanFormula } from "./formulas.ts";
import type { Inline, InlineElement, ParsedInline, Settled } from "./inline.ts";
import { isHalfWritten, maxHalfWrittenChars, showAsClosed } from "./half-written.ts";
import { PieceList, toNodes } from "./piece-list.ts";
import type { Piece } from "./piece-list.ts";
import type { Found, Target } from "./scan-link.ts";
import type { Formula } from "./scan-math.ts";
import { unspaced } from "./unspaced.ts";

/** What the parser knows about the text. */
export interface InlineOptions {
  definitions: ReadonlyMap<string, Target>;
  /** Whether more text follows, or is missing: incomplete constructs are then shown as if they were complete. */
  isGrowing: boolean;
  /** Whether the text was cut off, and nothing follows. `isGrowing` is also true then. */
  isCutOff?: boolean;
}

const special = "\\\\`*_~[\\]!<&$\\n";
const mark = `"'(${outerMarks}`;
/** Where a bare address may start within a word. */
const address = `https?://|www\\.|(?<=[:${unspaced}])[\\w.+-]{1,64}@`;
/** Words up to a place where an address may start, spaces, and characters that may precede an address. */
const plain = new RegExp(`[${mark}]+|[^${special} ${mark}](?:(?!${address})[^${special} ${mark}])*| +`, "iuy");
const entity = /&(?:#[xX][\da-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z\d]{1,31});/y;
const numberedNote = /\[\^(\d{1,3})\]/y;

/**
 * Maximum number of open delimiters that are matched early to find a place to settle. A text with more is not prose.
 */
const maxEarlyDelimiters = 40;

/**
 * Parses a leaf's content: the second phase of the strategy in CommonMark 0.31.2's appendix, with GitHub's
 * strikethrough and bare addresses, formulas and footnote references.
 */
export class InlineParser {
  readonly text: string;
  readonly options: InlineOptions;
  readonly pieces = new PieceList();
  readonly missing = new Set<string>();
  delimiters: Delimiter[] = [];
  brackets: Bracket[] = [];
  position: number;
  /** Opening brackets up to this position do not start a link, because a link follows them. */
  linkedTo = 0;
  #settled: { end: number; piece: Piece } | undefined;
  /** Lengths of backtick runs that have no partner after the position. */
  readonly #lonelyRuns = new Set<number>();
  #isUndecided = false;
  readonly #awaited = new Set<() => Promise<void>>();

  /**
   * @param text the whole content
   * @param start where to start: the text before it is settled
   * @param carry the end of the settled text, if the new content continues it
   */
  constructor(text: string, start: number, carry: string, options: InlineOptions) {
    this.text = text;
    this.position = start;
    this.options = options;
    if (carry !== "") this.pieces.push(carry);
  }

  /** Parses to the end. */
  parse(): ParsedInline {
    while (this.position < this.text.length) {
      if (this.options.isGrowing) {
        this.#settle();
        if (isHalfWritten(this)) break;
      }
      this.#step();
    }
    matchDelimiters(this.pieces, this.delimiters, 0);
    if (this.options.isGrowing) showAsClosed(this);
    return {
      nodes: toNodes(this.pieces.head.next),
      settled: this.#settledNodes(),
      missing: this.missing,
      awaited: this.#awaited,
    };
  }

  /** Adds content, and continues after it. */
  push(content: Inline, end: number): Piece {
    this.position = end;
    return this.pieces.push(content);
  }

  #settledNodes(): Settled | undefined {
    if (!this.#settled) return undefined;
    const { end, piece } = this.#settled;
    return { end, pieces: toNodes(this.pieces.head.next, piece.next) };
  }

  #step(): void {
    const { text, position } = this;
    switch (text[position]) {
      case "\n":
        return this.#newline();
      case "\\":
        return this.#backslash();
      case "`":
        return this.#code();
      case "*":
      case "_":
      case "~":
        return this.#delimiter();
      case "!":
        if (text[position + 1] === "[") return this.#openBracket(true);
        return void this.push("!", position + 1);
      case "[":
        return this.#openBracket(false);
      case "]":
        return closeBracket(this);
      case "<":
        return this.#found(scanAutolink(text, position));
      case "&":
        return this.#entity();
      case "$":
        return this.#formula();
      default:
        return this.#words();
    }
  }

  #words(): void {
    const { text, position } = this;
    const found = scanBareAddress(text, position);
    if (found) return this.#found(found);
    plain.lastIndex = position;
    const length = plain.exec(text)?.[0].length ?? 1;
    this.push(text.slice(position, position + length), position + length);
  }

  /** Adds the result of a scan, or the character itself. */
  #found(found: { value: InlineElement; end: number } | undefined): void {
    if (found) this.push(found.value, found.end);
    else this.push(this.text.charAt(this.position), this.position + 1);
  }

  /** Two or more spaces before a newline break the line. Other spaces around a newline are removed. */
  #newline(): void {
    const { last } = this.pieces;
    const spaces = typeof last.content === "string" && /^ +$/.test(last.content) ? last.content.length : 0;
    if (spaces > 0) this.pieces.remove(last);
    if (spaces >= 2) this.push({ kind: "break", children: [] }, this.position + 1);
    else this.push("\n", this.position + 1);
    this.position = skipSpaces(this.text, this.position);
  }

  #backslash(): void {
    const { text, position } = this;
    const next = text[position + 1] ?? "";
    if (next === "(" || next === "[") {
      const formula = this.#scanFormula();
      if (formula) return this.#addFormula(formula);
    }
    if (next === "\n") return void this.push({ kind: "break", children: [] }, skipSpaces(text, position + 2));
    if (/[!-/:-@[-`{-~]/.test(next)) return void this.push(next, position + 2);
    this.push("\\", position + 1);
  }

  #code(): void {
    const { text, position } = this;
    const length = runLength(text, position);
    const start = position + length;
    const end = this.#lonelyRuns.has(length) ? -1 : findRun(text, start, length);
    if (end !== -1) return void this.push({ kind: "code", children: [codeText(text.slice(start, end))] }, end + length);
    this.#lonelyRuns.add(length);
    this.noteUndecided();
    if (this.options.isGrowing && text.length - position < maxHalfWrittenChars) {
      this.push({ kind: "code", children: [codeText(text.slice(start))] }, text.length);
    } else {
      this.push(text.slice(position, start), start);
    }
  }

  #delimiter(): void {
    const { text, position } = this;
    const end = position + runLength(text, position);
    const delimiter = scanDelimiter(text, position, end, this.push(text.slice(position, end), end));
    if (delimiter.canOpen || delimiter.canClose) this.delimiters.push(delimiter);
  }

  #openBracket(isImage: boolean): void {
    const { position, brackets, delimiters } = this;
    numberedNote.lastIndex = position;
    const label = isImage ? undefined : numberedNote.exec(this.text)?.[1];
    if (label) return void this.push({ kind: "note", children: [label] }, numberedNote.lastIndex);
    const before = brackets.at(-1);
    if (before) before.hasBracketBehind = true;
    const end = position + (isImage ? 2 : 1);
    const piece = this.push(this.text.slice(position, end), end);
    brackets.push({ piece, isImage, hasBracketBehind: false, end, delimiters: delimiters.length });
  }

  #entity(): void {
    entity.lastIndex = this.position;
    const found = entity.exec(this.text)?.[0];
    const char = found && decodeEntity(found);
    if (found) this.noteEntities(found);
    if (char) this.push(char, this.position + found.length);
    else this.push("&", this.position + 1);
  }

  #formula(): void {
    const found = this.#scanFormula();
    if (found) return this.#addFormula(found);
    this.push("$", this.position + 1);
  }

  #scanFormula(): Found<Formula> | undefined {
    const { text, position } = this;
    if (!knowsFormulas()) this.#awaited.add(loadFormulas);
    const found = scanFormula(text, position);
    if (!found && isFormulaOpen(text, position)) this.noteUndecided();
    return found;
  }

  #addFormula({ value, end }: Found<Formula>): void {
    this.push({ kind: value.isDisplay ? "display-math" : "math", children: [value.tex] }, end);
  }

  /** Records whether a text contains entities that are not known yet. */
  noteEntities(text: string): void {
    if (lacksEntities(text)) this.#awaited.add(loadEntities);
  }

  /** Records that later text can still change what precedes it. */
  noteUndecided(): void {
    this.#isUndecided = true;
  }

  /** At the start of a word with nothing open, everything before it is settled. */
  #settle(): void {
    const { text, position, brackets, delimiters } = this;
    if (this.#isUndecided || brackets.length > 0 || delimiters.length > maxEarlyDelimiters) return;
    if (!/\s/.test(text.charAt(position - 1)) || /\s/.test(text.charAt(position))) return;
    if (delimiters.length > 0) matchDelimiters(this.pieces, delimiters, 0);
    if (delimiters.every(({ canOpen }) => !canOpen)) this.#settled = { end: position, piece: this.pieces.last };
  }
}

/** The position of the next run of exactly this many backticks. */
function findRun(text: string, from: number, length: number): number {
  for (let at = text.indexOf("`", from); at !== -1;) {
    const found = runLength(text, at);
    if (found === length) return at;
    at = text.indexOf("`", at + found);
  }
  return -1;
}

/** Newlines become spaces. One space at each end is removed, unless the code is only spaces (section 6.1). */
function codeText(source: string): string {
  const text = withoutDirections(source.replaceAll("\n", " "));
  return /^ (?! *$).* $/s.test(text) ? text.slice(1, -1) : text;
}

function skipSpaces(text: string, start: number): number {
  let end = start;
  while (text[end] === " ") end += 1;
  return end;
}
