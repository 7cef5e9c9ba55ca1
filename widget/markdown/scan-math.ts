import type { Found } from "./scan-link.ts";

/** A formula in running text. */
export interface Formula {
  tex: string;
  isDisplay: boolean;
}

/** No formula in running text is longer: an opening mark without a closing one is not looked for further. */
export const maxFormulaChars = 1000;

const display = /\$\$((?:[^$\\]|\\[^])+?)\$\$/y;
/** Without a backtick, since code goes first: `$HOME` and the dollar sign of a piece of code are no pair. */
const inline = /\$(?![\s$])((?:[^$\\\n`]|\\[^\n]|\n(?!\s*\n))*?[^\s\\$`]|(?:[^$\\`]|\\[^])*?\\[^\s])\$(?!\d)/y;
const round = /\\\(((?:[^\\]|\\(?![()]).)+?)\\\)/sy;
const square = /\\\[((?:[^\\]|\\(?![[\]]).)+?)\\\]/sy;

/**
 * A formula at a position: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`.
 * @returns undefined where there is none; a price is none
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

/** `$5 or 10$`: what begins with a digit is a formula only where it has a sign of one, or is a number alone. */
function isMoney(tex: string): boolean {
  return /^\d/.test(tex) && !/[\\^_={}+<>*/]|^[\d.,]+$|^\d+[a-z]$/i.test(tex);
}

/** Whether the text from a position on is a formula of which the end may still come. */
export function isFormulaPending(text: string, start: number): boolean {
  const rest = text.slice(start, start + maxPendingChars + 1);
  if (rest.length > maxPendingChars) return false;
  return /^(?:\$(?:$|[^\s\d$`][^$`]*\\?$|\$[^$]*\$?$)|\\(?:\((?!.*\\\))|\[(?!.*\\\])))/s.test(rest);
}

/** A formula that is being written stays hidden for so long, in characters: prose behind a stray `$` must not. */
const maxPendingChars = 240;
