import type { Found } from "./scan-link.ts";
import { characterBefore, spacedCharacter, unspaced } from "./unspaced.ts";

/** A formula in running text. */
export interface Formula {
  tex: string;
  isDisplay: boolean;
}

/** Maximum length of a formula in running text, in characters. The closing marker is not searched for past it. */
const maxFormulaChars = 1000;

/** A formula that is being written is hidden up to this length, in characters. A longer one may be text after all. */
const maxPendingChars = 240;

const display = /\$\$((?:[^$\\]|\\[^])+?)\$\$/y;
/** Without backticks, because code has priority: `$HOME` and a dollar sign in code are not a pair. */
const inline = /\$(?![\s$])((?:[^$\\\n`]|\\[^\n]|\n(?!\s*\n))*?[^\s\\$`]|(?:[^$\\`]|\\[^])*?\\[^\s])\$/y;
const round = /\\\(((?:[^\\]|\\(?![()]).)+?)\\\)/sy;
const square = /\\\[((?:[^\\]|\\(?![[\]]).)+?)\\\]/sy;

/** A formula without its end. */
const open =
  /^(?:\$(?:$|(?=[^\s$])(?:[^$\\`]|\\[^])*\\?$|\$(?:[^$\\]|\\[^])*(?:\\|\$)?$)|\\(?:\((?!.*\\\))|\[(?!.*\\\])))/s;

/**
 * Reads a formula at a position: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`.
 * @returns undefined if there is none: prices, shell variables and ticker symbols are not formulas
 */
export function scanFormula(text: string, start: number): Found<Formula> | undefined {
  const isDollar = text[start] === "$";
  const isDisplay = text[start + 1] === (isDollar ? "$" : "[");
  const pattern = isDollar ? (isDisplay ? display : inline) : isDisplay ? square : round;
  pattern.lastIndex = start;
  const match = pattern.exec(text.length > start + maxFormulaChars ? text.slice(0, start + maxFormulaChars) : text);
  const tex = match?.[1] ?? "";
  if (!match || !/[\da-zA-Z]/.test(tex) || isProse(tex)) return undefined;
  const end = start + match[0].length;
  if (isDollar && !isDisplay && !isInline(text, start, end)) return undefined;
  return { value: { tex: tex.trim(), isDisplay }, end };
}

/** Whether text between two dollar signs is a formula, judged by its content and by what surrounds it. */
function isInline(text: string, start: number, end: number): boolean {
  const tex = text.slice(start + 1, end - 1);
  return mayOpen(text, start) && mayClose(tex, text.charAt(end)) && !isMoney(tex);
}

/** Dollar signs after a letter or a digit open nothing (`A$AP`, `50$`), except before TeX: `H$_2$O`, `10$\mu$m`. */
function mayOpen(text: string, start: number): boolean {
  return !spacedCharacter.test(characterBefore(text, start)) || /[\\^_]/.test(text.charAt(start + 1));
}

/** `$HOME/$USER` and `$ABCD,$EFGH` are two names each, and `$5-$10` are prices. But `$n$th` and `10$\pm$3` exist. */
function mayClose(tex: string, after: string): boolean {
  if (after === "{" || /[_^]$/.test(tex)) return false;
  if (/[/:;,.=|&([{"'-]$/.test(tex) && /[\p{L}\p{N}_(["'$]/u.test(after)) return false;
  if (/\d/.test(after) && tex.length === 1) return false;
  return isCertain(tex) || !(spacedCharacter.test(after) || after === "_");
}

/** Whether text is a single character, or contains what only TeX has. */
function isCertain(tex: string): boolean {
  return tex.length === 1 || /\\[a-zA-Z]|\^|_\{|_[\da-zA-Z](?![\da-zA-Z_])/.test(tex);
}

/**
 * Whether text is an amount of money, as in `$5 or 10$`: it starts with a digit, and neither contains TeX, nor has an
 * operator and no words, nor is a single number, with or without a letter after it.
 */
function isMoney(tex: string): boolean {
  if (!/^\d/.test(tex)) return false;
  if (!/[\\^_={}+<>*/]|^[\d.,]+$|^\d+[a-z]$/i.test(tex)) return true;
  return !tex.includes("\\") && /\p{L}{3}/u.test(tex.replace(/\{[^{}]*\}|sin|cos|tan|log|exp|max|min|mod/g, ""));
}

const twoWords = /(?<!\p{L})(?:\p{L}{3,}[,.:;]?\s+\p{L}{2,}|\p{L}{2,}[,.:;]?\s+\p{L}{3,})/u;
const threeWords = /(?<!\p{L})\p{L}{2,}\s+\p{L}{3,}\s+\p{L}{2,}/u;
const unspacedWords = new RegExp(`[\u3001\u3002\uFF0C\uFF1A\uFF1B\uFF01\uFF1F]|[${unspaced}]{8}`, "u");

/**
 * Whether text contains words next to each other. TeX would run them together, so authors write `\text{…}` around them,
 * and text after a stray dollar sign is recognized by its first words.
 */
export function isProse(tex: string): boolean {
  const bare = tex.replace(/\{[^{}]*(?:\}|$)/g, "|");
  const [beforeTex = ""] = bare.split(/\\[a-zA-Z]/, 1);
  return twoWords.test(beforeTex) || threeWords.test(bare.replace(/\\[a-zA-Z]+/g, "|")) || unspacedWords.test(bare);
}

/** Whether what starts at a position can still become a formula when more text arrives. */
export function isFormulaOpen(text: string, start: number): boolean {
  const rest = text.slice(start, start + maxFormulaChars + 1);
  if (rest.length > maxFormulaChars || !open.test(rest)) return false;
  const isName = /^\$[^$]/.test(rest) && !mayOpen(text, start);
  return !isName && !isProse(rest);
}

/** Whether the text from a position on is not shown yet, because it probably is a formula whose end has not arrived. */
export function isFormulaPending(text: string, start: number): boolean {
  const found = scanFormula(text, start);
  if (found)
    return found.end === text.length && text[start] === "$" && !found.value.isDisplay && !isCertain(found.value.tex);
  return (
    text.length - start <= maxPendingChars && !/^\$\d/.test(text.slice(start, start + 2)) && isFormulaOpen(text, start)
  );
}
