/** A line that begins or ends a code block. */
const fenceLine = /^ {0,3}(?:[-*+>] +|\d+[.)] +)*\s*(`{3,}|~{3,})/;

/** A line that begins another block. */
const blockLine = /^\s*(?:$|[-*+>]\s|\d{1,9}[.)]\s|\||#{1,6}\s)/;

/**
 * Changes Markdown outside of its code blocks.
 * @param change called with each text between two code blocks; returns its replacement
 */
export function changeProse(markdown: string, change: (prose: string) => string): string {
  return splitFences(markdown)
    .map(({ isCode, lines }) => (isCode ? lines.join("\n") : change(lines.join("\n"))))
    .join("\n");
}

/**
 * The longest paragraph that is read as Markdown, in characters. A parser's time grows with the square of this length.
 */
const maxParagraphChars = 100_000;

/** A line of a list or quotation that is nested at least fifty times. */
const tooDeep = /^\s{100,}(?:[-*+]|\d{1,9}[.)])\s|^(?:\s{0,3}>){50}/;

/**
 * Whether a parser would need minutes for a text, because of its long paragraphs or deep nesting. No person writes such
 * a text.
 */
export function isPathological(markdown: string): boolean {
  let length = 0;
  for (const { isCode, lines } of splitFences(markdown)) {
    for (const line of isCode ? [""] : lines) {
      length = blockLine.test(line) ? line.length : length + line.length;
      if (length > maxParagraphChars || tooDeep.test(line)) return true;
    }
  }
  return false;
}

function splitFences(markdown: string): { isCode: boolean; lines: string[] }[] {
  const parts = [{ isCode: false, lines: [] as string[] }];
  let fence: string | undefined;
  for (const line of markdown.split("\n")) {
    const mark = fenceLine.exec(line.slice(0, 200))?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
      parts.push({ isCode: true, lines: [line] });
      continue;
    }
    parts.at(-1)?.lines.push(line);
    if (fence !== undefined && mark?.startsWith(fence)) {
      fence = undefined;
      parts.push({ isCode: false, lines: [] });
    }
  }
  return parts;
}
