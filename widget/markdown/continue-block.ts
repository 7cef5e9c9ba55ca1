import type { Block } from "./block.ts";
import type { Line } from "./line.ts";

/** Whether a line still belongs to an open block, does not, or is what ends it. */
export type HistoryChunk = "goes-on" | "left" | "ends";

/** Decides whether a line belongs to an open block, and reads the part of it that says so. */
export function continueBlock(block: Block, line: Line): HistoryChunk {
  switch (block.kind) {
    case "document":
    case "list":
      return "goes-on";
    case "quote":
      return continueQuote(line);
    case "item":
      return continueIndented(block, line, (block.marker?.offset ?? 0) + (block.marker?.padding ?? 0));
    case "note":
      return continueIndented(block, line, 4);
    case "code":
      return continueCode(block, line);
    case "math":
      return continueMath(block, line);
    case "paragraph":
    case "table":
      return line.isBlank ? "left" : "goes-on";
    case "heading":
    case "rule":
    case "row":
      return "left";
  }
}

function continueQuote(line: Line): HistoryChunk {
  if (line.isIndented || !line.rest.startsWith(">")) return "left";
  line.skipIndent(1);
  if (line.isAtSpace) line.skipColumns(1);
  return "goes-on";
}

function continueIndented(block: Block, line: Line, columns: number): HistoryChunk {
  if (line.isBlank) {
    if (block.children.length === 0) return "left"; // an item begins with at most one blank line
    line.skipIndent();
    return "goes-on";
  }
  if (line.indent < columns) return "left";
  line.skipColumns(columns);
  return "goes-on";
}

function continueCode({ fence }: Block, line: Line): HistoryChunk {
  if (fence) {
    if (!line.isIndented && isClosingFence(line.rest, fence.marker)) return "ends";
    for (let left = fence.offset; left > 0 && line.isAtSpace; left -= 1) line.skipColumns(1);
    return "goes-on";
  }
  if (line.isIndented) line.skipColumns(4);
  else if (line.isBlank) line.skipIndent();
  else return "left";
  return "goes-on";
}

function isClosingFence(rest: string, marker: string): boolean {
  const run = rest.replace(/[ \t]+$/, "");
  return run.length >= marker.length && run === marker.charAt(0).repeat(run.length);
}

/** What may stand behind a formula on its last line: it is set with it. */
export const endOfFormula = /^[.,;:]?$/;

/** A formula ends where its marker stands, whatever is behind it: else it would take in all that follows. */
function continueMath(block: Block, line: Line): HistoryChunk {
  const marker = block.fence?.marker ?? "";
  const end = line.rest.indexOf(marker);
  if (end === -1) return "goes-on";
  block.text += line.rest.slice(0, end);
  line.skipIndent(end + marker.length);
  const behind = line.rest.trimEnd();
  if (!endOfFormula.test(behind)) return "left";
  block.text += behind;
  return "ends";
}
