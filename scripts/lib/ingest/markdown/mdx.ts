/** How far to look for the end of a tag or an expression, in characters. */
const maxChars = 10_000;

/** How deeply braces may be nested. */
const maxBraces = 20;

/** HTML elements that have no end tag. */
const voidElement = /^(?:area|br|col|hr|img|input|link|meta|source|wbr)$/;

/**
 * Removes what MDX adds to Markdown: imports, exports, components and expressions. What is written between the tags of
 * a component is kept.
 * @param prose Markdown outside of code blocks
 * @see https://mdxjs.com/docs/what-is-mdx/
 */
export function removeJsx(prose: string): string {
  const text = prose.replaceAll(/^(?:import|export)\b[^\n]*(?:\n(?!\s*\n)[^\n]*)*/gm, removeModuleCode);
  let kept = "";
  let at = 0;
  while (at < text.length) {
    const { length, replacement } = readAt(text, at);
    kept += replacement;
    at += length;
  }
  return kept;
}

/** Whether Markdown imports components, which some site generators allow in `.md` files too. */
export function hasImports(prose: string): boolean {
  return /^import\s+(?:[\w*{}\s,]+\s+from\s+)?["'][^"'\n]+["'];?\s*$/m.test(prose);
}

/** Removes a paragraph of imports or exports. A sentence that begins with one of these words stays. */
function removeModuleCode(paragraph: string): string {
  return /^(?:import\s*[\w*{"'][^\n]*["']|export\s+(?:default|const|let|function|async|class|\{|\*))/.test(paragraph)
    ? ""
    : paragraph;
}

interface Piece {
  /** How many characters of the source it replaces. */
  length: number;
  replacement: string;
}

function readAt(text: string, at: number): Piece {
  const plain = match(/[^\\`<{]+/y, text, at) ?? match(/\\.?/sy, text, at) ?? match(/`+[^`]{1,2000}`+/y, text, at);
  if (plain !== undefined) return { length: plain.length, replacement: plain };
  const end = text[at] === "<" ? endOfTag(text, at) : text[at] === "{" ? endOfBraces(text, at) : undefined;
  if (end === undefined) return { length: 1, replacement: text.charAt(at) };
  const piece = text.slice(at, end);
  return { length: piece.length, replacement: text[at] === "<" ? replaceTag(piece) : replaceExpression(piece) };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  const sticky = pattern;
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}

/** The position after a tag. A tag's attributes can contain expressions, and expressions can contain any character. */
function endOfTag(text: string, start: number): number | undefined {
  if (!/^<(?:[A-Za-z/]|>)/.test(text.slice(start, start + 2))) return undefined;
  const limit = Math.min(text.length, start + maxChars);
  for (let at = start + 1; at < limit; at += 1) {
    const unit = text[at];
    if (unit === ">") return at + 1;
    if (unit === "<") return undefined;
    if (unit === "{") at = (endOfBraces(text, at) ?? limit) - 1;
    if (unit === '"' || unit === "'") at = endOfString(text, at, limit);
  }
  return undefined;
}

function endOfBraces(text: string, start: number): number | undefined {
  const limit = Math.min(text.length, start + maxChars);
  let depth = 0;
  for (let at = start; at < limit && depth <= maxBraces; at += 1) {
    const unit = text[at];
    if (unit === "{") depth += 1;
    if (unit === "}") depth -= 1;
    if (depth === 0) return at + 1;
    if (unit === '"' || unit === "`") at = endOfString(text, at, limit);
  }
  return undefined;
}

/** The position of the quotation mark that ends a string, or of the one that begins it if nothing ends it. */
function endOfString(text: string, start: number, limit: number): number {
  const end = text.slice(start + 1, limit).indexOf(text.charAt(start));
  return end === -1 ? start : start + 1 + end;
}

/** Components are removed. HTML elements stay, without attributes that are expressions. */
function replaceTag(tag: string): string {
  const [, name = ""] = /^<\/?([\w.:-]*)/.exec(tag) ?? [];
  if (name === "" || /^[A-Z]|\./.test(name)) return "";
  if (tag.endsWith("/>") && !voidElement.test(name)) return "";
  return tag.includes("{") ? tag.replaceAll(/\s[\w:-]+=\{(?:[^{}]|\{[^{}]*\})*\}/g, "") : tag;
}

/** Keeps a string and the id of a heading. Any other expression is removed. */
function replaceExpression(expression: string): string {
  const id = /^\{#[^\s{}]+\}$/.exec(expression)?.[0] ?? /^\{\/\*\s*(#[\w-]+)\s*\*\/\}$/.exec(expression)?.[1];
  if (id !== undefined) return id.startsWith("{") ? id : `{${id}}`;
  return /^\{\s*(["'`])([^"'`$]*)\1\s*\}$/.exec(expression)?.[2] ?? "";
}
