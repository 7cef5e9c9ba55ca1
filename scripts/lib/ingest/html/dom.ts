import { parseHTML } from "linkedom";
import { UnreadableDocument } from "../parsed-document.ts";

// The part of the DOM that is used here. The types of browsers would not fit a program that also knows Cloudflare's.

/** A node of a page. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly textContent: string | null;
}

/** An element of a page. */
export interface PageElement extends PageNode {
  readonly localName: string;
  readonly id: string;
  readonly parentElement: PageElement | null;
  readonly firstElementChild: PageElement | null;
  readonly childNodes: Iterable<PageNode>;
  readonly children: Iterable<PageElement>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  matches(selector: string): boolean;
  remove(): void;
  replaceWith(text: string): void;
}

/** A page. */
export interface Page {
  readonly documentElement: PageElement;
  querySelector(selector: string): PageElement | null;
}

/** The most headings of one document. Each is at least a passage. */
const maxHeadings = 10_000;

/**
 * Parses a page, or a part of one.
 * @throws UnreadableDocument if it has too many headings
 */
export function parsePage(html: string): Page {
  if ((html.match(/<h[1-6][\s>]/gi)?.length ?? 0) > maxHeadings) {
    throw new UnreadableDocument("it has more than 10,000 headings: split it into several files.");
  }
  const parsed: unknown = parseHTML(/<html\b/i.test(html) ? html : `<html><body>${html}</body></html>`);
  return Reflect.get(Object(parsed), "document") as Page; // the library's own types are those of browsers
}

/** Whether a node is an element. */
export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === 1;
}
