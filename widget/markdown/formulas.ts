import { loadOnce } from "./load-once.ts";
import type { Found } from "./scan-link.ts";
import type * as Scanner from "./scan-math.ts";
import type { Formula } from "./scan-math.ts";

let scanner: typeof Scanner | undefined;

/**
 * Loads the code that tells formulas from prices, when a text contains the first possible formula. Until then, and if
 * loading fails, everything is text that may still become a formula.
 */
export const loadFormulas = loadOnce(async () => {
  scanner = await import("./scan-math.ts");
});

/** Whether formulas are recognized. */
export function knowsFormulas(): boolean {
  return scanner !== undefined;
}

/** Reads a formula at a position: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. */
export function scanFormula(text: string, start: number): Found<Formula> | undefined {
  return scanner?.scanFormula(text, start);
}

/** Whether what starts at a position can still become a formula when more text arrives. */
export function isFormulaOpen(text: string, start: number): boolean {
  return scanner?.isFormulaOpen(text, start) ?? true;
}

/** Whether the text from a position on is not shown yet, because it probably is a formula whose end has not arrived. */
export function isFormulaPending(text: string, start: number): boolean {
  return scanner?.isFormulaPending(text, start) ?? false;
}

/** Whether text contains words next to each other, unlike a formula. */
export function isProse(text: string): boolean {
  return scanner?.isProse(text) ?? false;
}
