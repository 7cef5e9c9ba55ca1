import type { Block } from "./block.ts";
import type { Line } from "./line.ts";

/** Whether a line continues an open block, does not, or ends it. */
export type Continuation = "continues" | "left" | "ends";

/** Decides whether a line continues an open block, and reads the part of the line that decides it. */
export function continueBlock(block: Block, line: Line): Continuation {
  switch (block.kind) {
    case "document":
    case "list":
      return "continues";
    case "quote":
      return continueQuote(line);
    case "item":
      return continueItem(block, line);
    case "note":
      return continueIndented(block, line, 4);
    case "code":
      return continueCode(block, line);
    case "math":
      return continueMath(block, line);
    case "paragraph":
    case "table":
      return line.isBlank ? "left" : "continues";
    case "heading":
    case "rule":
    case "row":
      return "left";
  }
}

function continueQuote(line: Line): Continuation {
  if (line.isIndented || !line.rest.startsWith(">")) return "left";
  line.skipIndent(1);
  if (line.isAtSpace) line.skipColumns(1);
  return "continues";
}

/** What models indent by two spaces under a number: a bullet with text, an item with the number 1, or a code fence. */
const nested = /^(?:[-+*][ \t]+[^ \t]|1[.)][ \t]+[^ \t]|`{3}|~{3})/;
const rule = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})$/;

/**
 * An item's blocks are indented as far as its text (section 5.2). Under a number, where that takes three columns, most
 * models indent nested lists and code by two; from there on, the item's content starts at that column.
 */
function continueItem(item: Block, line: Line): Continuation {
  const { marker } = item;
  if (!marker) return "left";
  const { offset, padding, start } = marker;
  const isNested = start !== undefined && line.indent >= offset + 2 && nested.test(line.rest) && !rule.test(line.rest);
  if (isNested && line.indent < offset + padding) item.marker = { ...marker, padding: line.indent - offset };
  return continueIndented(item, line, offset + (item.marker?.padding ?? 0));
}

function continueIndented(block: Block, line: Line, columns: number): Continuation {
  if (line.isBlank) {
    if (block.children.length === 0) return "left"; // an item starts with at most one blank line
    line.skipIndent();
    return "continues";
  }
  if (line.indent < columns) return "left";
  line.skipColumns(columns);
  return "continues";
}

function continueCode({ fence }: Block, line: Line): Continuation {
  if (fence) {
    if (!line.isIndented && isClosingFence(line.rest, fence.marker)) return "ends";
    for (let left = fence.offset; left > 0 && line.isAtSpace; left -= 1) line.skipColumns(1);
    return "continues";
  }
  if (line.isIndented) line.skipColumns(4);
  else if (line.isBlank) line.skipIndent();
  else return "left";
  return "continues";
}

function isClosingFence(rest: string, marker: string): boolean {
  return rest.startsWith(marker) && /^(.)\1*[ \t]*$/.test(rest);
}

/** Punctuation that may follow a formula on its last line. */
export const endOfFormula = /^[.,;:]?$/;

/** A formula ends at its marker, whatever follows: otherwise it would include the rest of the text. */
function continueMath(block: Block, line: Line): Continuation {
  const marker = block.fence?.marker ?? "";
  const end = line.rest.indexOf(marker);
  if (end === -1) return "continues";
  block.text += line.rest.slice(0, end);
  line.skipIndent(end + marker.length);
  const behind = line.rest.trimEnd();
  if (!endOfFormula.test(behind)) return "left";
  block.text += behind;
  return "ends";
}
