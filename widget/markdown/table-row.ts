import type { Alignment } from "./block.ts";

const delimiterRow = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$/;

/**
 * The cells of a table row (GitHub Flavored Markdown 0.29, section 4.10). A pipe inside a cell is escaped, even in
 * code.
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

/** The alignments of the columns, if the line is a delimiter row. */
export function readDelimiterRow(line: string): Alignment[] | undefined {
  if (!delimiterRow.test(line) || !/[|:]/.test(line)) return undefined;
  return splitRow(line).map((cell) => {
    const isRight = cell.endsWith(":");
    if (cell.startsWith(":")) return isRight ? "center" : "left";
    return isRight ? "right" : "";
  });
}
