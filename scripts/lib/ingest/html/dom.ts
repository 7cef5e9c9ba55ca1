import { parseHTML } from "linkedom/worker"; // the same library in one file, which loads in a quarter of the time
import { UnreadableDocument } from "../parsed-document.ts";

// The part of the DOM that is used here. TypeScript's DOM types would conflict with Cloudflare's in the same program.

/** A node of a page. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly textContent: string | null;
}

/** A node that has a place in a page. */
interface PlacedNode extends PageNode {
  readonly parentElement: PageElement | null;
  remove(): void;
  replaceWith(node: PageNode | string): void;
}

/** A text node of a page. */
export interface PageText extends PlacedNode {
  readonly nodeType: 3;
}

/** An element of a page. */
export interface PageElement extends PlacedNode {
  readonly localName: string;
  readonly id: string;
  readonly firstElementChild: PageElement | null;
  readonly childNodes: Iterable<PageNode>;
  readonly children: Iterable<PageElement>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  matches(selector: string): boolean;
  setAttribute(name: string, value: string): void;
  append(node: PageNode): void;
}

/** A page. */
export interface Page {
  readonly documentElement: PageElement;
  createElement(name: string): PageElement;
  querySelector(selector: string): PageElement | null;
}

/** The most headings that one document may have. Each one becomes at least one passage. */
const maxHeadings = 10_000;

/**
 * Parses a page, or a part of one.
 * @throws UnreadableDocument if it has too many headings
 */
export function parsePage(html: string): Page {
  if ((html.match(/<h[1-6][\s>]/gi)?.length ?? 0) > maxHeadings) {
    throw new UnreadableDocument("it has more than 10,000 headings: split it into several files.");
  }
  const page = /<html\b/i.test(html) ? parse(html) : undefined;
  // `<html` can also be in a comment, or cut off. Then there is no such element.
  return page?.querySelector("html") ? page : parse(`<html><body>${html}</body></html>`);
}

function parse(html: string): Page {
  const parsed: unknown = parseHTML(html);
  return Reflect.get(Object(parsed), "document") as Page; // the library's own types are TypeScript's DOM types
}

/** Whether a node is an element. */
export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === 1;
}

/** Whether a node is a text node. */
export function isText(node: PageNode): node is PageText {
  return node.nodeType === 3;
}

/** Whether an element is `outer` or in it. */
export function isWithin(element: PageElement | null, outer: PageElement): boolean {
  for (let each = element; each !== null; each = each.parentElement) if (each === outer) return true;
  return false;
}

/** Elements whose text is not shown as text. */
const withoutText = new Set(["head", "script", "style", "template", "noscript", "svg", "math"]);

/** The text nodes below an element that are not only white space, in document order. */
export function* textsIn(element: PageElement): Generator<PageText> {
  const waiting: PageNode[] = [element];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isElement(node) && !withoutText.has(node.localName)) {
      for (const child of [...node.childNodes].reverse()) waiting.push(child);
    }
    if (isText(node) && (node.nodeValue ?? "").trim() !== "") yield node;
  }
}
