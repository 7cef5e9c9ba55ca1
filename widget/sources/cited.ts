import type { Citation, Source } from "../../protocol/index.ts";
import type { ViewContext } from "../view/context.ts";

/** A source, and its words that the answer relies on. */
export interface Cited {
  source: Source;
  /** Without Markdown's marks. */
  quotes: readonly string[];
  context: ViewContext;
}

/** What each chip and each card stands for. */
export const citedBy = new WeakMap<Element, Cited>();

/** The words of a source that citations quote. */
export function quotesOf({ index }: Source, citations: readonly Citation[]): string[] {
  return [...new Set(citations.flatMap(({ index: of, quote }) => (of === index && quote ? [plainWords(quote)] : [])))];
}

/** Removes Markdown's marks: documents are often written in Markdown, but the pages that show them have no marks. */
export function plainWords(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[\s>]*(?:#{1,6}|[-+*]|\d+[.)])\s+/gm, "")
    .replace(/\*\*|__|`/g, "")
    .trim();
}
