import { decodeEntity } from "./entities.ts";

const escapable = /\\([!-/:-@[-`{-~])|&(?:#[xX][\da-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z\d]{1,31});/g;
const angleDestination = /<((?:[^<>\n\\]|\\.)*)>/y;
const titleOf = /"((?:[^\\"]|\\[^])*)"|'((?:[^\\']|\\[^])*)'|\(((?:[^\\()]|\\[^])*)\)/y;
const labelOf = /\[(?:[^\\[\]]|\\[^]){0,999}\]/y;
const spaceWithNewline = /[ \t]*(?:\n[ \t]*)?/y;
const endOfLine = /[ \t]*(?:\n|$)/y;
const whiteSpace = /[ \t\n\v\f\r]/;

/**
 * Maximum nesting of parentheses in an address, as in cmark: section 6.3 lets implementations limit it. Without a limit,
 * each `](` of many would read the rest of the text.
 */
const maxParentheses = 32;

/** The result of a scan, and the position after it. */
export interface Found<T> {
  value: T;
  end: number;
}

/** Where a link leads, as it is written. Its title is skipped: it could claim another address. */
export interface Target {
  destination: string;
}

/** Resolves backslash escapes and entities, which also have a meaning in addresses and info strings. */
export function unescape(text: string): string {
  return text.replace(escapable, (whole: string, char: string | undefined) => char ?? decodeEntity(whole) ?? whole);
}

/** Normalizes a label: case and the amount of white space do not count. */
export function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

/** Matches a sticky pattern at exactly this position. */
function matchAt(pattern: RegExp, text: string, start: number): RegExpExecArray | null {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

/** The position after white space with at most one newline. */
export function skipSpace(text: string, start: number): number {
  return start + (matchAt(spaceWithNewline, text, start)?.[0].length ?? 0);
}

/** A link label with its brackets. */
export function scanLabel(text: string, start: number): Found<string> | undefined {
  const match = matchAt(labelOf, text, start);
  return match ? { value: match[0], end: start + match[0].length } : undefined;
}

/** A link's address: in angle brackets, or with balanced parentheses and no white space. */
export function scanDestination(text: string, start: number): Found<string> | undefined {
  if (text[start] === "<") {
    const match = matchAt(angleDestination, text, start);
    return match ? { value: match[1] ?? "", end: start + match[0].length } : undefined;
  }
  let depth = 0;
  let end = start;
  for (; end < text.length && depth <= maxParentheses; end += 1) {
    const char = text[end] ?? "";
    if (whiteSpace.test(char)) break;
    if (char === "\\" && /[!-/:-@[-`{-~]/.test(text[end + 1] ?? "")) end += 1;
    else if (char === "(") depth += 1;
    else if (char === ")" && (depth -= 1) < 0) break;
  }
  if (depth > 0 || (end === start && text[end] !== ")")) return undefined;
  return { value: text.slice(start, end), end };
}

/** The end of a title in double or single quotes or parentheses. */
function endOfTitle(text: string, start: number): number | undefined {
  const match = matchAt(titleOf, text, start);
  return match ? start + match[0].length : undefined;
}

/** Reads the parentheses of `[text](…)`, from the opening one on. */
export function scanInlineTarget(text: string, start: number): Found<Target> | undefined {
  const destination = scanDestination(text, skipSpace(text, start + 1));
  if (!destination) return undefined;
  const afterSpace = skipSpace(text, destination.end);
  const titleEnd = afterSpace > destination.end ? endOfTitle(text, afterSpace) : undefined;
  const end = skipSpace(text, titleEnd ?? afterSpace);
  if (text[end] !== ")") return undefined;
  return { value: { destination: destination.value }, end: end + 1 };
}

/** Reads a link reference definition (CommonMark 0.31.2, section 4.7) at the very start of a paragraph. */
export function scanDefinition(text: string): Found<Target & { label: string }> | undefined {
  const label = scanLabel(text, 0);
  if (!label || text[label.end] !== ":" || labelKey(label.value.slice(1, -1)) === "") return undefined;
  const destination = scanDestination(text, skipSpace(text, label.end + 1));
  if (!destination || destination.end === label.end + 1) return undefined;
  const titleStart = skipSpace(text, destination.end);
  const titleEnd = titleStart > destination.end ? endOfTitle(text, titleStart) : undefined;
  const withTitle = titleEnd === undefined ? undefined : matchAt(endOfLine, text, titleEnd);
  const lineEnd = withTitle ?? matchAt(endOfLine, text, destination.end);
  if (!lineEnd) return undefined;
  const value = { label: label.value.slice(1, -1), destination: destination.value };
  return { value, end: lineEnd.index + lineEnd[0].length };
}
