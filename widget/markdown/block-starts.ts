import type { Block, ListMarker } from "./block.ts";
import type { BlockParser } from "./blocks.ts";
import { endOfFormula } from "./continue-block.ts";
import type { Line } from "./line.ts";
import { unescape } from "./scan-link.ts";
import { readDelimiterRow, splitRow } from "./table-row.ts";

/** The result of trying to start a block: nothing, a container, a leaf, or a line that was consumed. */
export type Start = "none" | "container" | "leaf" | "done";

/** Maximum nesting of containers. Nobody reads deeper ones, and a hostile text could exhaust the stack. */
const maxDepth = 48;

const maybeStart = /^[#`~*+_=<>$|:[\\\d-]/;
const rule = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const heading = /^(#{1,6})(?:[ \t]+|$)/;
const setext = /^(?:=+|-+)[ \t]*$/;
const codeFence = /^(`{3,}(?!`)(?!.*`)|~{3,})(.*)$/;
const bullet = /^[*+-]/;
const ordered = /^(\d{1,9})([.)])/;
const noteStart = /^\[\^([^\]\s^]{1,80})\]:/;
const mathFence = /^(\$\$|\\\[)(.*)$/;

/**
 * Tries to start a block at the line's next character, in the order of the specification's appendix.
 * @param container the innermost block that the line belongs to
 */
export function startBlock(parser: BlockParser, container: Block, line: Line): Start {
  if (line.isIndented) return startIndented(parser, line);
  if (!maybeStart.test(line.rest) && container.kind !== "paragraph") return "none";
  for (const attempt of attempts) {
    const start = attempt(parser, container, line);
    if (start !== "none") return start;
  }
  return "none";
}

/** Four columns of indentation start a code block, unless a paragraph continues. */
function startIndented(parser: BlockParser, line: Line): Start {
  if (parser.tip.kind === "paragraph" || line.isBlank) return "none";
  line.skipColumns(4);
  parser.add("code");
  return "leaf";
}

const attempts = [
  startQuote,
  startHeading,
  startFence,
  startMath,
  startNote,
  startSetext,
  startTable,
  startRule,
  startItem,
];

function startQuote(parser: BlockParser, container: Block, line: Line): Start {
  if (!line.rest.startsWith(">") || container.depth >= maxDepth) return "none";
  line.skipIndent(1);
  if (line.isAtSpace) line.skipColumns(1);
  parser.add("quote");
  return "container";
}

function startHeading(parser: BlockParser, _container: Block, line: Line): Start {
  const match = heading.exec(line.rest);
  if (!match) return "none";
  const block = parser.add("heading");
  block.level = match[1]?.length ?? 1;
  block.text = line.rest.slice(match[0].length).replace(/(?:^|[ \t])#+[ \t]*$/, "");
  parser.close(block, parser.currentLine);
  return "done";
}

function startFence(parser: BlockParser, _container: Block, line: Line): Start {
  const match = codeFence.exec(line.rest);
  if (!match) return "none";
  const [, marker = "", info = ""] = match;
  const offset = line.indent;
  parser.add("code").fence = { marker, offset, info: unescape(info.trim()) };
  return "done";
}

/** Starts a display formula: a whole one, or a first line with a TeX command or nothing after the marker. */
function startMath(parser: BlockParser, _container: Block, line: Line): Start {
  const match = mathFence.exec(line.rest.trimEnd());
  if (!match) return "none";
  const marker = match[1] === "$$" ? "$$" : "\\]";
  const [tex = "", end, more] = (match[2] ?? "").split(marker);
  const isWhole = end !== undefined && more === undefined && endOfFormula.test(end) && /[\da-zA-Z]/.test(tex);
  if (!isWhole && (end !== undefined || !/^$|\\[a-z]/i.test(tex))) return "none";
  const block = parser.add("math");
  block.fence = { marker, offset: 0, info: "" };
  block.text = tex + (end ?? "\n");
  if (isWhole) parser.close(block, parser.currentLine);
  return "done";
}

/** Starts a footnote definition, as on GitHub: only at the top level. */
function startNote(parser: BlockParser, container: Block, line: Line): Start {
  const match = noteStart.exec(line.rest);
  const isWithin = container.kind === "paragraph" || container.kind === "list" || container.kind === "table";
  const outer = isWithin ? container.parent : container;
  if (!match || outer?.kind !== "document") return "none";
  line.skipIndent(match[0].length);
  parser.add("note").label = match[1] ?? "";
  line.skipIndent();
  return "container";
}

function startSetext(parser: BlockParser, container: Block, line: Line): Start {
  if (container.kind !== "paragraph" || !setext.test(line.rest)) return "none";
  parser.takeDefinitions(container);
  if (container.text === "") return "none";
  const block = parser.replace(container, "heading");
  block.level = line.rest.startsWith("=") ? 1 : 2;
  block.text = container.text;
  parser.close(block, parser.currentLine);
  return "done";
}

/** The last line of a paragraph becomes a table header if a delimiter row with the same number of cells follows. */
function startTable(parser: BlockParser, container: Block, line: Line): Start {
  if (container.kind !== "paragraph") return "none";
  const alignments = readDelimiterRow(line.rest);
  if (!alignments) return "none";
  return parser.makeTable(container, alignments) ? "done" : "none";
}

function startRule(parser: BlockParser, _container: Block, line: Line): Start {
  if (!rule.test(line.rest)) return "none";
  parser.close(parser.add("rule"), parser.currentLine);
  return "done";
}

function startItem(parser: BlockParser, container: Block, line: Line): Start {
  if (container.depth >= maxDepth) return "none";
  const marker = readMarker(container, line);
  if (!marker) return "none";
  parser.closeUnmatched();
  const { tip } = parser;
  if (tip.kind !== "list" || tip.marker?.delimiter !== marker.delimiter) parser.add("list").marker = marker;
  parser.add("item").marker = marker;
  return "container";
}

/** Reads a list item's marker and the white space after it (section 5.2). */
function readMarker(container: Block, line: Line): ListMarker | undefined {
  const isInterrupting = container.kind === "paragraph";
  const number = ordered.exec(line.rest);
  const found = bullet.exec(line.rest)?.[0] ?? number?.[0];
  if (found === undefined || (isInterrupting && number && Number(number[1]) !== 1)) return undefined;
  const behind = line.rest.slice(found.length);
  if (!/^(?:[ \t]|$)/.test(behind) || (isInterrupting && behind.trim() === "")) return undefined;
  const offset = line.indent;
  const start = number ? Number(number[1]) : undefined;
  line.skipIndent(found.length);
  const padding = found.length + skipPadding(line);
  return { delimiter: number?.[2] ?? found, start, offset, padding };
}

/** More than four spaces after a marker count as one, and the rest starts a code block. */
function skipPadding(line: Line): number {
  const { offset, column, indent } = line;
  if (indent >= 1 && indent <= 4 && !line.isBlank) {
    line.skipColumns(indent);
    return indent;
  }
  line.rewind({ offset, column });
  if (line.isAtSpace) line.skipColumns(1);
  return 1;
}

/** The cells of a paragraph's last line, which may be a table header. */
export function headCells(paragraph: Block): string[] {
  return splitRow(paragraph.lastLine);
}
