import type { Block } from "./block.ts";

/**
 * Block markup without content: a bullet, a rule, a fence, a table's delimiter row, a task's checkbox. The lookahead stops
 * the engine from dividing a run of spaces in every possible way.
 */
const marksAlone =
  /^[\s>]*(?![\s>])(?:[-+*=_#~`|:$\\\s]|\d{1,9}(?:[.)]?(?=\s|$)))*(?:\[[ xX]?\]?\s*|\[\^[^\]\s]*\]?|\\\[?)?$/;
/** A fence whose language may be incomplete, or the start of a formula, which is shown once it is complete. */
const openingFence = /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(?:`{3,}[^`]*|~{3,}.*|\$\$.*|\\\[.*)$/;
const closingFence = /^[\s>]*(?![\s>])(?:`+|~+)?\s*$/;

/**
 * Whether a growing line should not be parsed yet, because it would show raw markup or change its kind.
 * @param tip the innermost open block
 */
export function isHeldBack(line: string, tip: Block): boolean {
  if (tip.kind === "math") return true;
  if (tip.kind === "code") return closingFence.test(line);
  return marksAlone.test(line) || openingFence.test(line);
}
