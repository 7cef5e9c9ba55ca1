import { mayEnd } from "./brackets.ts";
import { kindOf, runLength } from "./emphasis.ts";
import type { InlineParser } from "./inline-parser.ts";
import { isFormulaPending } from "./formulas.ts";

/**
 * An open construct is shown as closed up to this length, in characters. A longer one is probably meant literally.
 */
export const maxHalfWrittenChars = 600;

const pendingAddress = /^<(?:[A-Za-z][^\s<>]*|br \/?)?$/;
const pendingEntity = /^&(?:#?\w{0,31})$/;
const pendingBracket = /^!?\[(?:\^[^\]\s]{0,80})?$/;

/**
 * Whether the text from the position on is an incomplete construct that should not be shown yet. At the end of an answer
 * that was cut off, only marks stay hidden: the rest may be text.
 */
export function isHalfWritten({ text, position, options }: InlineParser): boolean {
  const char = text[position];
  if (options.isCutOff && (char === "\\" || char === "<" || char === "&" || char === "$")) return false;
  switch (char) {
    case "\\":
      return position + 1 === text.length || isFormulaPending(text, position);
    case "`":
    case "*":
    case "_":
    case "~":
      return position + runLength(text, position) === text.length;
    case "<":
      return pendingAddress.test(text.slice(position, position + 300));
    case "&":
      return pendingEntity.test(text.slice(position, position + 40));
    case "!":
    case "[":
      return pendingBracket.test(text.slice(position, position + 90));
    case "$":
      return isFormulaPending(text, position);
    default:
      return false;
  }
}

/** Shows constructs that are still open at the end as if they were closed. */
export function showAsClosed(parser: InlineParser): void {
  const { text, pieces, delimiters, brackets, options } = parser;
  for (const bracket of options.isCutOff ? [] : brackets) {
    if (mayEnd(parser, bracket) && text.length - bracket.end < maxHalfWrittenChars) bracket.piece.content = "";
  }
  for (const delimiter of delimiters.toReversed()) {
    const { piece, char, canOpen, isDoubtful, start } = delimiter;
    if (!canOpen || isDoubtful || text.length - start > maxHalfWrittenChars) continue;
    piece.content = "";
    for (let left = delimiter.length; left > 0; left -= 2) {
      const kind = kindOf(char, Math.min(left, 2));
      pieces.wrap(piece, undefined, (children) => ({ kind, children }));
    }
  }
}
