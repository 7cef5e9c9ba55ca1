import { matchDelimiters } from "./emphasis.ts";
import { plainText } from "./inline.ts";
import type { Inline, InlineElement } from "./inline.ts";
import type { InlineParser } from "./inline-parser.ts";
import type { Piece } from "./piece-list.ts";
import { labelKey, scanInlineTarget, scanLabel, unescape } from "./scan-link.ts";
import type { Found, Target } from "./scan-link.ts";

/** An opening bracket that may start a link or an image. */
export interface Bracket {
  piece: Piece;
  isImage: boolean;
  /** Whether another bracket follows. If so, the text between the brackets is not a label. */
  hasBracketBehind: boolean;
  /** The position after it. */
  end: number;
  /** The number of delimiters that were open before it. */
  delimiters: number;
}

/** Maximum length of a destination that is still being written, in characters. */
const maxPendingChars = 2000;

/** Reads a `]`: the end of a link or an image, or a character. */
export function closeBracket(parser: InlineParser): void {
  const { text, position, brackets } = parser;
  const bracket = brackets.at(-1);
  if (!bracket || !mayEnd(parser, bracket)) {
    brackets.pop();
    parser.push("]", position + 1);
    return;
  }
  const { isGrowing, isCutOff } = parser.options;
  const isLast = isGrowing && !isCutOff && position + 1 === text.length;
  if (isLast) {
    parser.position = text.length; // the next character decides
    return;
  }
  const target = findTarget(parser, bracket);
  if (target) return makeLink(parser, bracket, target);
  if (isGrowing && isTargetPending(text, position + 1)) {
    return makeLink(parser, bracket, { value: undefined, end: text.length });
  }
  if (/[([]/.test(text[position + 1] ?? "")) parser.noteUndecided();
  brackets.pop();
  parser.push("]", position + 1);
}

function findTarget(parser: InlineParser, bracket: Bracket): Found<Target> | undefined {
  const { text, position } = parser;
  const start = position + 1;
  const inline = text[start] === "(" ? scanInlineTarget(text, start) : undefined;
  if (inline) return inline;
  const label = scanLabel(text, start);
  const isFull = label !== undefined && label.value.length > 2;
  if (!isFull && (bracket.hasBracketBehind || position - bracket.end > 999)) return undefined;
  const key = labelKey(isFull ? label.value.slice(1, -1) : text.slice(bracket.end, position));
  if (key === "") return undefined;
  const value = parser.options.definitions.get(key);
  if (value) return { value, end: label?.end ?? start };
  parser.missing.add(key);
  return undefined;
}

/** The lookahead stops the engine from dividing a run of spaces in every possible way. */
const pendingTarget =
  /^(?:\(\s*(?!\s)(?:<(?:[^<>\n\\]|\\.)*(?:\\|>)?|[^\s<]\S*)?(?:\s+(?:"(?:[^"\\]|\\[^])*(?:\\|"\s*)?|'(?:[^'\\]|\\[^])*(?:\\|'\s*)?|\((?:[^()\\]|\\[^])*(?:\\|\)\s*)?)?)?|\[(?:[^\]\\]|\\[^])*\\?)$/;

/** Whether the rest of the text may become a link's target. */
function isTargetPending(text: string, start: number): boolean {
  return text.length - start <= maxPendingChars && pendingTarget.test(text.slice(start));
}

function makeLink(
  parser: InlineParser,
  bracket: Bracket,
  { value, end }: { value: Target | undefined; end: number },
): void {
  const { pieces, brackets, delimiters } = parser;
  matchDelimiters(pieces, delimiters, bracket.delimiters);
  delimiters.length = bracket.delimiters;
  const kind = bracket.isImage ? "image" : "link";
  if (value) parser.noteEntities(value.destination);
  pieces.wrap(bracket.piece, undefined, (children) => ({
    kind,
    destination: value && unescape(value.destination),
    children: bracket.isImage ? [plainText(children)] : withoutLinks(children),
  }));
  pieces.remove(bracket.piece);
  brackets.pop();
  parser.position = end;
  if (!bracket.isImage && value) parser.linkedTo = bracket.end;
}

/** Whether a bracket can still become a link or an image: an image may contain a link, but a link may not. */
export function mayEnd({ linkedTo }: InlineParser, { isImage, end }: Bracket): boolean {
  return isImage || end > linkedTo;
}

/** Inside a link's text, bare addresses and image links are not links. */
function withoutLinks(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node): readonly Inline[] => {
    if (typeof node === "string") return [node];
    if (node.isBare) return node.children;
    if (node.kind === "image") return [{ ...node, isBare: true }];
    if (node.kind === "note") return [`[${plainText(node.children)}]`];
    const copy: InlineElement = { ...node, children: withoutLinks(node.children) };
    return [copy];
  });
}
