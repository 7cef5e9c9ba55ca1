import { estimateTokens } from "../../../../worker/prompt/tokens.ts";
import type { Block } from "./blocks.ts";
import { splitSentences, splitWords } from "./sentences.ts";

/** A part of a block. */
export interface Piece {
  text: string;
  /** What joins it to the piece before it, if both are in one chunk. */
  joint: "\n\n" | "\n" | "";
  /** Whether it may be repeated at the beginning of the next chunk. */
  isProse: boolean;
}

/** How pieces are made. */
export interface PieceOptions {
  language: string;
  /** In estimated tokens. */
  maxTokens: number;
}

/**
 * Splits a block into pieces that fit a chunk. A block that fits stays whole, except that prose becomes sentences:
 * chunks can then begin and end with any sentence.
 */
export function splitBlock(block: Block, options: PieceOptions): Piece[] {
  switch (block.kind) {
    case "prose":
      return begin(splitProse(block.text, options), true);
    case "list":
      return fits(block.text, options) ? whole(block) : begin(splitList(block.text, options));
    case "table":
      return fits(block.text, options) ? whole(block) : splitTable(block.text, options);
    case "code":
      return fits(block.text, options) ? whole(block) : splitCode(block.text, options);
  }
}

function fits(text: string, { maxTokens }: PieceOptions): boolean {
  return text.length <= maxTokens * 4 && estimateTokens(text) <= maxTokens;
}

function whole({ text }: Block): Piece[] {
  return [{ text, joint: "\n\n", isProse: false }];
}

/** The first piece of a block begins a paragraph of its own; the others continue it. */
function begin(texts: readonly { text: string; joint: "\n" | "" }[], isProse = false): Piece[] {
  return texts.map(({ text, joint }, at) => ({ text, joint: at === 0 ? "\n\n" : joint, isProse }));
}

function splitProse(text: string, options: PieceOptions): { text: string; joint: "" }[] {
  return splitSentences(text, options.language)
    .flatMap((sentence) => splitLong(sentence, options))
    .map((piece) => ({ text: piece, joint: "" }));
}

/** Splits text that does not fit. Pieces that are still too long are split again, as if each character were a token. */
function splitLong(text: string, options: PieceOptions): string[] {
  if (fits(text, options)) return [text];
  const tokensPerChar =
    estimateTokens(text.slice(0, options.maxTokens * 4)) / Math.min(text.length, options.maxTokens * 4);
  const maxChars = Math.max(1, Math.floor(options.maxTokens / tokensPerChar));
  const pieces = splitWords(text, options.language, maxChars);
  // Where the writing system changes, a piece can still be too long.
  return pieces.flatMap((piece) =>
    fits(piece, options) ? [piece] : splitWords(piece, options.language, options.maxTokens),
  );
}

/** Items of the first level stay whole if they fit. */
function splitList(text: string, options: PieceOptions): { text: string; joint: "\n" | "" }[] {
  const items = groupLines(text.split("\n"), (line) => /^\S/.test(line));
  return items.flatMap((item) =>
    fits(item, options)
      ? [{ text: item, joint: "\n" as const }]
      : item.split("\n").flatMap((line) =>
          splitLong(line, options).map((part, at) => ({
            text: part,
            joint: at === 0 ? ("\n" as const) : ("" as const),
          })),
        ),
  );
}

/** Each part of a table repeats its head, so that it can be read by itself. */
function splitTable(text: string, options: PieceOptions): Piece[] {
  const [head = "", rule = "", ...rows] = text.split("\n");
  const columns = rule.split("|").length - 2;
  const start = `${head}\n${rule}`;
  const room = options.maxTokens - estimateTokens(start);
  // A head that needs most of a chunk cannot be repeated: the rows are then split like the lines of a list.
  if (room < options.maxTokens / 3) return begin(splitList([head, ...rows].join("\n"), options));
  const fitting = rows.flatMap((row) =>
    estimateTokens(row) <= room ? [row] : splitRow(row, columns, { ...options, maxTokens: room }),
  );
  return groupBySize(fitting, room).map((part) => ({ text: `${start}\n${part}`, joint: "\n\n", isProse: false }));
}

/** Splits a row that is longer than a chunk. Each piece becomes a row of its own, in the first column. */
function splitRow(row: string, columns: number, options: PieceOptions): string[] {
  const text = row.replaceAll(/(?<!\\)\|/g, " ").trim();
  const own = { ...options, maxTokens: Math.max(10, options.maxTokens - columns - 2) };
  return splitProse(text, own).map((piece) => `| ${piece.text.trim()} |${"  |".repeat(Math.max(0, columns - 1))}`);
}

/** Each part of a code block is a code block. */
function splitCode(text: string, options: PieceOptions): Piece[] {
  const lines = text.split("\n");
  const [start = "", end = ""] = [lines[0], lines.at(-1)];
  const room = options.maxTokens - estimateTokens(`${start}\n\n${end}`);
  const fitting = lines.slice(1, -1).flatMap((line) => splitLong(line, { ...options, maxTokens: room }));
  return groupBySize(fitting, room).map((part) => ({
    text: `${start}\n${part}\n${end}`,
    joint: "\n\n",
    isProse: false,
  }));
}

/** Joins lines into groups that each fit. */
function groupBySize(lines: readonly string[], maxTokens: number): string[] {
  let tokens = 0;
  return groupLines(lines, (line) => {
    const added = estimateTokens(`${line}\n`);
    tokens += added;
    if (tokens <= maxTokens) return false;
    tokens = added;
    return true;
  });
}

/** Joins lines into groups, each of which begins where `isFirst` says so. */
function groupLines(lines: readonly string[], isFirst: (line: string) => boolean): string[] {
  const groups: string[][] = [];
  for (const line of lines) {
    if (isFirst(line) || groups.length === 0) groups.push([line]);
    else groups.at(-1)?.push(line);
  }
  return groups.map((group) => group.join("\n"));
}
