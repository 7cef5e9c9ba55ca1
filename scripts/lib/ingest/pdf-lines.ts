/** A line of a page. */
export interface Line {
  text: string;
  /** The distance from the bottom of the page, in points. */
  y: number;
  /** The height of the letters, in points. */
  height: number;
}

/** A line counts as a header or footer if it is at the top or bottom of at least this share of the pages. */
const repeatedShare = 0.6;

/** With fewer pages, nothing counts as a header or footer: a line can be on most of them by chance. */
const pagesWithRepeats = 4;

/**
 * A gap of more than this many times the height of the letters begins a paragraph. Lines are mostly 1.2 to 1.5 times
 * that height apart.
 */
const paragraphGap = 1.9;

/**
 * Joins the lines of all pages into paragraphs, without headers, footers and page numbers. Words that were broken at
 * the end of a line become whole again.
 * @returns the text of each page
 */
export function joinPages(pages: readonly (readonly Line[])[]): string[] {
  const repeated = findRepeated(pages);
  const contents = pages.map((lines) =>
    lines.filter((line, at) => !(isAtEdge(at, lines.length) && repeated.has(withoutNumbers(line.text)))),
  );
  const hyphenated = new Set(contents.flatMap((lines) => lines.flatMap(({ text }) => hyphenatedWords(text))));
  return contents.map((lines) => joinLines(lines, hyphenated));
}

function findRepeated(pages: readonly (readonly Line[])[]): Set<string> {
  if (pages.length < pagesWithRepeats) return new Set();
  const counts = new Map<string, number>();
  for (const lines of pages) {
    const edges = lines.filter((_, at) => isAtEdge(at, lines.length)).map(({ text }) => withoutNumbers(text));
    for (const text of new Set(edges)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= pages.length * repeatedShare).map(([text]) => text));
}

function isAtEdge(at: number, length: number): boolean {
  return at < 2 || at >= length - 2;
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+/g, "0");
}

function hyphenatedWords(text: string): string[] {
  return [...text.matchAll(/\p{L}+-\p{L}+/gu)].map(([word]) => word.toLowerCase());
}

function joinLines(lines: readonly Line[], hyphenated: ReadonlySet<string>): string {
  let text = "";
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (before === undefined) text = line.text;
    else if (isNewParagraph(before, line)) text += `\n\n${line.text}`;
    else if (/^([•▪‣–*-]|\d{1,3}[.)])\s/.test(line.text)) text += `\n${line.text}`;
    else text = joinLine(text, line.text, hyphenated);
  }
  return text.replaceAll(/[^\S\n]+/g, " ");
}

/**
 * Whether a line begins a paragraph: after a large gap, at the top of another column, or in letters of another size, as
 * headings are.
 */
function isNewParagraph(before: Line, line: Line): boolean {
  const gap = before.y - line.y;
  const height = Math.max(before.height, line.height, 1);
  const isOtherSize = Math.abs(before.height - line.height) > height * 0.15;
  return gap > height * paragraphGap || gap < -height || isOtherSize;
}

/**
 * Adds a line to a text, and joins a word that was broken between them. Its hyphen stays if the document has the
 * hyphenated word elsewhere.
 */
function joinLine(text: string, next: string, hyphenated: ReadonlySet<string>): string {
  const [, start = "", mark] = /(\p{L}+)([-\u2010\u00ad])$/u.exec(text.slice(-100)) ?? [];
  const [end] = /^\p{Ll}[\p{L}]*/u.exec(next) ?? [];
  if (mark === undefined || end === undefined) return `${text} ${next}`;
  const isKept = mark !== "\u00ad" && hyphenated.has(`${start}-${end}`.toLowerCase());
  return (isKept ? text : text.slice(0, -1)) + next;
}
