import type { Alignment } from "./block.ts";

const delimiterRow = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/**
 * The cells of a table's row (GitHub Flavored Markdown 0.29, section 4.10): a pipe inside one is escaped, even in code.
 * @param line one line of source
 */
export function splitRow(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(^|[^\\])\|$/, "$1");
  const cells = [""];
  for (const [piece] of inner.matchAll(/\\\||\||(?:[^\\|]|\\(?!\|))+/g)) {
    if (piece === "|") cells.push("");
    else cells[cells.length - 1] += piece === "\\|" ? "|" : piece;
  }
  return cells.map((cell) => cell.trim());
}

/** How the columns are set, where a line is the row under a table's head. */
export function readDelimiterRow(line: string): Alignment[] | undefined {
  if (!delimiterRow.test(line) || !/[|:]/.test(line)) return undefined;
  return splitRow(line).map((cell) => {
    const isRight = cell.endsWith(":");
    if (cell.startsWith(":")) return isRight ? "center" : "left";
    return isRight ? "right" : "";
  });
}
