import type { ParsedDocument } from "./parsed-document.ts";

/**
 * If the lines of a paragraph have at least this many characters on average, it is assumed that an editor has wrapped
 * them at a margin.
 */
const wrappedLineChars = 45;

/** Reads plain text, in which empty lines separate the paragraphs. */
export function parsePlainText(text: string): ParsedDocument {
  const paragraphs = text
    .replaceAll(/\r\n?|\u2028/g, "\n")
    .split(/\n[^\S\n]*\n|\f/)
    .map(joinWrappedLines);
  return { sections: [{ headings: [], text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") }] };
}

/** Joins lines that were wrapped at a margin, so that sentences are whole. Lists and addresses keep their lines. */
function joinWrappedLines(paragraph: string): string {
  const lines = paragraph.split("\n").map((line) => line.trimEnd());
  const isList = lines.some((line) => /^\s*([-*•–+|>]|\d{1,3}[.)])\s|^\s{4}|\t/.test(line));
  const before = lines.slice(0, -1);
  const average = before.reduce((sum, line) => sum + line.length, 0) / Math.max(1, before.length);
  if (isList || average < wrappedLineChars) return lines.join("\n").trim();
  return lines
    .map((line) => line.trim())
    .join(" ")
    .trim();
}
