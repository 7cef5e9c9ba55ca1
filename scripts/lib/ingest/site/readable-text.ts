import { Readability } from "@mozilla/readability";
import { isWithin, parsePage, textsIn, type Page, type PageElement, type PageText } from "../html/dom.ts";
import { isInLeftOut } from "../html/left-out.ts";
import { mainOf } from "../html/parse-html.ts";

/**
 * If Readability finds less text than this, in characters, it searches again with less strict rules. The value is low,
 * because help pages are often short.
 */
const charThreshold = 200;

/**
 * How many elements a page may have, and how deeply they may be nested, to be given to Readability. It reads every
 * element several times, together with those around it, so a larger page would take minutes.
 */
const maxElements = 20_000;
const maxDepth = 200;

/**
 * If Readability keeps less than this share of what a page marks as its main content, its result is ignored: the whole
 * main content is used.
 */
const minShare = 0.5;

/** The attribute that numbers the texts of a page. */
const numberAttribute = "data-rivulet-text";

/**
 * Removes what is on every page of a site, such as menus. Readability says which texts belong to a page, but their
 * structure is taken from the page itself: Readability also changes elements, and removes headings with the words of
 * the page's title.
 * @param html the same page as text
 * @returns the element with the texts that are left
 */
export function keepReadable(page: Page, html: string): PageElement {
  const main = mainOf(page);
  const texts = [...textsIn(page.documentElement)];
  const numbers = readableNumbers(html);
  const kept = new Set(texts.filter((_, number) => numbers.has(number)));
  if (kept.size === 0 || (main.localName !== "body" && shareOf(kept, main) < minShare)) return main;
  const around = commonElement(kept) ?? main;
  const isHeading = (heading: PageElement) => heading.localName === "h1" || isWithin(heading, around);
  for (const text of texts) {
    const heading = text.parentElement?.closest("h1, h2, h3, h4, h5, h6");
    if (heading && !isHeading(heading)) heading.remove();
    if (!heading && !kept.has(text)) text.remove();
  }
  return isWithin(around, main) ? main : (page.querySelector("body") ?? main);
}

/** The numbers of the texts that Readability keeps. */
function readableNumbers(html: string): Set<number> {
  const copy = parsePage(html);
  if (isTooComplex(copy.documentElement)) return new Set();
  // A `span` stays around its text, whatever becomes of the elements around it.
  for (const [number, text] of [...textsIn(copy.documentElement)].entries()) {
    const mark = copy.createElement("span");
    mark.setAttribute(numberAttribute, String(number));
    text.replaceWith(mark);
    mark.append(text);
  }
  const options = { charThreshold, disableJSONLD: true, serializer: (node: unknown) => node };
  const content: unknown = new Readability(copy as never, options).parse()?.content; // its types are TypeScript's DOM types
  if (content === undefined || content === null) return new Set();
  const marks = (content as PageElement).querySelectorAll(`[${numberAttribute}]`);
  return new Set(Array.from(marks, (mark) => Number(mark.getAttribute(numberAttribute))));
}

function isTooComplex(root: PageElement): boolean {
  const waiting = [{ element: root, depth: 0 }];
  for (let count = 0, next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { element, depth } = next;
    count += 1;
    if (count > maxElements || depth > maxDepth) return true;
    for (const child of element.children) waiting.push({ element: child, depth: depth + 1 });
  }
  return false;
}

/** How much of the text in an element is kept, from 0 to 1. Text that is left out in any case does not count. */
function shareOf(kept: ReadonlySet<PageText>, main: PageElement): number {
  const texts = [...textsIn(main)].filter(({ parentElement }) => !isInLeftOut(parentElement, main));
  const lengthOf = (some: readonly PageText[]) =>
    some.reduce((sum, { nodeValue }) => sum + (nodeValue ?? "").trim().length, 0);
  return lengthOf(texts.filter((text) => kept.has(text))) / Math.max(1, lengthOf(texts));
}

/** The innermost element that contains all of the texts. */
function commonElement(texts: Iterable<PageText>): PageElement | undefined {
  let common: PageElement[] | undefined;
  for (const { parentElement } of texts) {
    const around = ancestorsOf(parentElement);
    common = common?.filter((element, depth) => around[depth] === element) ?? around;
  }
  return common?.at(-1);
}

/** An element and its ancestors, the outermost first. */
function ancestorsOf(element: PageElement | null): PageElement[] {
  const found: PageElement[] = [];
  for (let each = element; each !== null; each = each.parentElement) found.unshift(each);
  return found;
}
