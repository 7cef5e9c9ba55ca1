import type { Block } from "./block.ts";
import { isProse } from "./formulas.ts";

/**
 * Block markup without content: a bullet, a rule, a fence, a table's delimiter row, a task's checkbox. The lookahead stops
 * the engine from dividing a run of spaces in every possible way.
 */
const marksAlone =
  /^[\s>]*(?![\s>])(?:[-+*=_#~`|:$\\\s]|\d{1,9}(?:[.)]?(?=\s|$)))*(?:\[[ xX]?\]?\s*|\[\^[^\]\s]*\]?|\\\[?)?$/;
const start = String.raw`^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*`;
/** A fence whose language may be incomplete. */
const openingFence = new RegExp(`${start}(?:\`{3,}[^\`]*|~{3,}.*)$`);
const closingFence = /^[\s>]*(?![\s>])(?:`+|~+)?\s*$/;
/** The start of a formula, which is shown once it is complete. */
const openingFormula = new RegExp(`${start}(?:\\$\\$|\\\\\\[)`);

/**
 * Whether a growing line should not be parsed yet, because it would show raw markup or change its kind.
 * @param tip the innermost open block
 */
export function isHeldBack(line: string, tip: Block): boolean {
  return tip.kind === "math" || isMarkup(line, tip) || (openingFormula.test(line) && !isProse(line));
}

/** Whether a line is only markup so far, without content. */
export function isMarkup(line: string, tip: Block): boolean {
  if (tip.kind === "code") return closingFence.test(line);
  return tip.kind !== "math" && (marksAlone.test(line) || openingFence.test(line));
}
