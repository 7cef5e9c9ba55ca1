import type { Found } from "./scan-link.ts";

/** A formula in running text. */
export interface Formula {
  tex: string;
  isDisplay: boolean;
}

/** Maximum length of a formula in running text. A missing closing marker is not searched for further. */
export const maxFormulaChars = 1000;

const display = /\$\$((?:[^$\\]|\\[^])+?)\$\$/y;
/** Without backticks, because code has priority: `$HOME` and a dollar sign in code are not a pair. */
const inline = /\$(?![\s$])((?:[^$\\\n`]|\\[^\n]|\n(?!\s*\n))*?[^\s\\$`]|(?:[^$\\`]|\\[^])*?\\[^\s])\$(?!\d)/y;
const round = /\\\(((?:[^\\]|\\(?![()]).)+?)\\\)/sy;
const square = /\\\[((?:[^\\]|\\(?![[\]]).)+?)\\\]/sy;

/**
 * Reads a formula at a position: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`.
 * @returns undefined if there is none; a price is not a formula
 */
export function scanFormula(text: string, start: number): Found<Formula> | undefined {
  const isDollar = text[start] === "$";
  const isDisplay = text[start + 1] === "$" || text[start + 1] === "[";
  const pattern = isDollar ? (isDisplay ? display : inline) : isDisplay ? square : round;
  pattern.lastIndex = start;
  const match = pattern.exec(text.length > start + maxFormulaChars ? text.slice(0, start + maxFormulaChars) : text);
  const tex = match?.[1] ?? "";
  if (!match || !/[\da-zA-Z]/.test(tex) || (isDollar && !isDisplay && isMoney(tex))) return undefined;
  return { value: { tex: tex.trim(), isDisplay }, end: start + match[0].length };
}

/** `$5 or 10$`: text that starts with a digit is a formula only if it contains an operator, or is a single number. */
function isMoney(tex: string): boolean {
  return /^\d/.test(tex) && !/[\\^_={}+<>*/]|^[\d.,]+$|^\d+[a-z]$/i.test(tex);
}

/** Whether the text from a position on may be a formula whose end has not arrived yet. */
export function isFormulaPending(text: string, start: number): boolean {
  const rest = text.slice(start, start + maxPendingChars + 1);
  if (rest.length > maxPendingChars) return false;
  return /^(?:\$(?:$|[^\s\d$`][^$`]*\\?$|\$[^$]*\$?$)|\\(?:\((?!.*\\\))|\[(?!.*\\\])))/s.test(rest);
}

/**
 * A formula that is being written is hidden up to this length, in characters. Prose after a stray `$` must not be
 * hidden for long.
 */
const maxPendingChars = 240;
