import type { Block } from "./block.ts";

/** Marks of blocks alone, which say nothing yet: a bullet, a rule, a fence, a table's delimiter row, a task's box. */
const marksAlone = /^[\s>]*(?:[-+*=_#~`|:$\\\s]|\d{1,9}(?:[.)]?(?=\s|$)))*(?:\[[ xX]?\]?\s*|\[\^[^\]\s]*\]?|\\\[?)?$/;
/** A fence with the name of a language that may not be whole, and a formula that is shown when it is. */
const openingFence = /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(?:`{3,}[^`]*|~{3,}.*|\$\$.*|\\\[.*)$/;
const closingFence = /^[\s>]*(?:`+|~+)?\s*$/;

/**
 * Whether a line that is still growing is better not read yet, since it would look like raw marks, or like something
 * that it will not be.
 * @param tip the innermost open block
 */
export function isHeldBack(line: string, tip: Block): boolean {
  if (tip.kind === "math") return true;
  if (tip.kind === "code") return closingFence.test(line);
  return marksAlone.test(line) || openingFence.test(line);
}
