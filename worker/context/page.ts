import type { PageContext } from "../../protocol/index.ts";
import { cutToBytes } from "../prompt/tokens.ts";
import { Shingles } from "./shingles.ts";
import type { ContextResult } from "./source.ts";

/** What the model reads as the title of the page that the visitor is looking at. */
const pageTitle = "This page";

/**
 * The page that a visitor is looking at, as a result. The content is the beginning of the page's text. The page's title
 * is put in front of it, unless the text begins with the title.
 * @param maxBytes the longest content, in bytes of UTF-8; the rest is cut off
 */
export function pageResult({ url, title, text }: PageContext, maxBytes: number): ContextResult {
  const [firstLine = ""] = text.trimStart().split("\n", 1);
  const hasTitle = firstLine.replace(/^#+ /, "").trim() === title.trim();
  const content = cutToBytes(hasTitle ? text : `${title}\n\n${text}`, maxBytes).trim();
  return { kind: "page", id: "page", title: pageTitle, content, url };
}

/** Leaves out the results that almost repeat the page, such as passages from it. */
export function withoutRepetitions(results: readonly ContextResult[], page: ContextResult): ContextResult[] {
  const known = new Shingles(page.content);
  return results.filter(({ content }) => !new Shingles(content).isNearlySame(known));
}
