import type { InlineKind } from "./inline.ts";
import type { Piece, PieceList } from "./piece-list.ts";
import { characterBefore, unspaced } from "./unspaced.ts";

/** A run of `*`, `_` or `~` that may open or close emphasis. */
export interface Delimiter {
  piece: Piece;
  char: string;
  /** The number of characters left. */
  length: number;
  /** The original number of characters, which the rule of three uses. */
  total: number;
  canOpen: boolean;
  canClose: boolean;
  /** Probably plain text: it follows a letter or digit of a script with spaces between words, or is a single tilde. */
  isDoubtful: boolean;
  /** Position in the source. */
  start: number;
}

const punctuation = /[\p{P}\p{S}]/u;
const space = /\s/;
const wide = new RegExp(`[${unspaced}]`, "u");

/** How much of the line before a run is looked at, in characters: a clause or two. */
const lookBackChars = 80;

/**
 * Reads a run and decides whether it can open or close (CommonMark 0.31.2, section 6.2). The exceptions are for scripts
 * without spaces: by the specification, `**注意：**这` would not be emphasis, nor `**注意:**API` in a line of such text.
 */
export function scanDelimiter(text: string, start: number, end: number, piece: Piece): Delimiter {
  const char = text.charAt(start);
  const length = end - start;
  const isTooLong = char === "~" && length > 2; // GitHub's strikethrough has one tilde or two
  const before = characterBefore(text, start);
  const codeAfter = text.codePointAt(end);
  const after = codeAfter === undefined ? "\n" : String.fromCodePoint(codeAfter);
  const [isSpaceBefore, isSpaceAfter] = [space.test(before), space.test(after)];
  const [isPunctuationBefore, isPunctuationAfter] = [punctuation.test(before), punctuation.test(after)];
  const isBesideWide = wide.test(before + after);
  const isAmongWide = isBesideWide || wide.test(lineBefore(text, start));
  const isLeft = !isSpaceAfter && (!isPunctuationAfter || isSpaceBefore || isPunctuationBefore || isAmongWide);
  const isRight = !isSpaceBefore && (!isPunctuationBefore || isSpaceAfter || isPunctuationAfter || isAmongWide);
  const isTilde = char === "~" && length === 1; // `10~20` is a range; GitHub would strike the text after it
  const isOfWords = isTilde || char === "_";
  return {
    piece,
    char,
    length,
    total: length,
    canOpen: !isTooLong && (isOfWords ? isLeft && (!isRight || isPunctuationBefore) : isLeft),
    canClose: !isTooLong && (isOfWords ? isRight && (!isLeft || isPunctuationAfter) : isRight),
    isDoubtful: isTilde || (!isSpaceBefore && !isPunctuationBefore && !isBesideWide),
    start,
  };
}

function lineBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - lookBackChars), end);
  return before.slice(before.lastIndexOf("\n") + 1);
}

/**
 * Matches the runs from an index on, as in the specification's appendix, and keeps those that can still open emphasis.
 * Each run is looked at once, and no opener is looked for twice in the same part of the text.
 * @param from the first run to look at
 */
export function matchDelimiters(pieces: PieceList, delimiters: Delimiter[], from: number): void {
  const bottoms = new Map<string, number>();
  const runs = delimiters.splice(from);
  for (const closer of runs) {
    while (closer.canClose && closer.length > 0) {
      const key = `${closer.char}${closer.canOpen}${closer.total % 3}`;
      const index = findOpener(delimiters, closer, from, bottoms.get(key) ?? 0);
      const opener = delimiters[index];
      if (!opener) {
        bottoms.set(key, closer.start);
        break;
      }
      join(pieces, opener, closer);
      delimiters.length = opener.length > 0 ? index + 1 : index;
    }
    if (closer.canOpen && closer.length > 0) delimiters.push(closer);
  }
}

/**
 * @param bottom position in the source before which no opener matches this kind of closer
 * @returns the opener's index, or -1 if there is none
 */
function findOpener(openers: readonly Delimiter[], closer: Delimiter, from: number, bottom: number): number {
  for (let at = openers.length - 1; at >= from; at -= 1) {
    const opener = openers[at];
    if (!opener || opener.start < bottom) return -1;
    if (opener.char === closer.char && mayJoin(opener, closer)) return at;
  }
  return -1;
}

/** The rule of three; both ends of a strikethrough have the same length. */
function mayJoin(opener: Delimiter, closer: Delimiter): boolean {
  if (closer.char === "~") return opener.length === closer.length;
  const isOdd = (closer.canOpen || opener.canClose) && (opener.total + closer.total) % 3 === 0;
  return !isOdd || (opener.total % 3 === 0 && closer.total % 3 === 0);
}

function join(pieces: PieceList, opener: Delimiter, closer: Delimiter): void {
  const used = Math.min(opener.length, closer.length, 2);
  shorten(opener, used);
  shorten(closer, used);
  const kind = kindOf(opener.char, used);
  pieces.wrap(opener.piece, closer.piece, (children) => ({ kind, children }));
}

function shorten(delimiter: Delimiter, by: number): void {
  delimiter.length -= by;
  delimiter.piece.content = delimiter.char.repeat(delimiter.length);
}

/** The kind of emphasis for a number of characters. */
export function kindOf(char: string, used: number): InlineKind {
  if (char === "~") return "deleted";
  return used === 2 ? "strong" : "emphasis";
}

/** The length of the run of equal characters at a position. */
export function runLength(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] === text[start]) end += 1;
  return end - start;
}
