import type { PageElement } from "./dom.ts";
import { collapse } from "./text.ts";

/** How much of a heading is kept, in characters. A longer one is a paragraph that was marked as a heading. */
const maxChars = 200;

/** A heading of a page. */
export interface Heading {
  /** 1 to 6. */
  level: number;
  text: string;
  /** The fragment that leads to it, if the page has one. */
  anchor?: string;
}

/** Makes the anchor of a heading that has no id. */
export type MakeAnchor = (text: string) => string;

/**
 * Reads a heading.
 * @param text the element's text, without the parts that are left out
 * @param makeAnchor for sources whose headings get their ids from a site generator
 */
export function readHeading(element: PageElement, text: string, makeAnchor?: MakeAnchor): Heading {
  const level = Number(element.localName.slice(1));
  // Several site generators take an id from the end of the heading: `## Fault codes {#codes}`.
  const [, words = "", written] = /^(.*?)(?:\s*\{#([^\s{}]+)\})?$/s.exec(collapse(text).replaceAll("\n", " ")) ?? [];
  const given = written ?? idOf(element);
  return { level, text: words.slice(0, maxChars).trim(), anchor: given ?? makeAnchor?.(words) };
}

/** The id of the heading, of an anchor in it, or of the section that it begins. */
function idOf(element: PageElement): string | undefined {
  const inner = element.querySelector("a[id], a[name], span[id]");
  const { parentElement } = element;
  const isFirst = parentElement?.firstElementChild === element && !["body", "main"].includes(parentElement.localName);
  return (
    element.id ||
    inner?.id ||
    inner?.getAttribute("name") ||
    (isFirst && ["section", "article", "div"].includes(parentElement.localName) && parentElement.id) ||
    undefined
  );
}
