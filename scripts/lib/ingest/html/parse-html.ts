import { readUrl } from "../document-url.ts";
import type { ParsedDocument, Section } from "../parsed-document.ts";
import { parsePage, type Page, type PageElement } from "./dom.ts";
import type { Heading, MakeAnchor } from "./heading.ts";
import { isLeftOut } from "./left-out.ts";
import { PageReader } from "./page-reader.ts";
import { SectionWriter } from "./section-writer.ts";
import { collapse } from "./text.ts";

/** Reads the main content of a web page. */
export function parseHtml(html: string): ParsedDocument {
  const document = parsePage(html);
  return readPage(document, mainOf(document));
}

/** Reads a part of a web page. @param root the element that is read with everything in it */
export function readPage(document: Page, root: PageElement): ParsedDocument {
  const { sections, mainHeadings } = readSections(root);
  return {
    title: titleOf(document, mainHeadings),
    url: canonicalUrl(document),
    language: document.documentElement.getAttribute("lang") ?? undefined,
    isDraft: isRedirect(document),
    sections,
  };
}

/**
 * Reads HTML that was made from another format: all of it is content.
 * @param makeAnchor for formats whose headings get their ids from a site generator
 */
export function parseFragment(html: string, makeAnchor?: MakeAnchor): ParsedDocument {
  const document = parsePage(`<html><body>${html}</body></html>`);
  const { sections, mainHeadings } = readSections(document.documentElement, makeAnchor);
  return { title: mainHeadings[0]?.text || undefined, sections };
}

function readSections(
  root: PageElement,
  makeAnchor?: MakeAnchor,
): { sections: Section[]; mainHeadings: readonly Heading[] } {
  const writer = new SectionWriter();
  if (!root.matches("main, article, [role=main]")) removeHeaders(root);
  new PageReader(writer, makeAnchor).readChildren(root);
  return writer.finish();
}

/**
 * Removes the headers of a page that does not mark its main content. The headers of articles stay, because they hold
 * a title.
 */
function removeHeaders(root: PageElement): void {
  for (const header of root.querySelectorAll("header, [role=banner]")) {
    if (header.closest("article") === null) header.remove();
  }
}

/**
 * Finds the element that the page marks as its main content. If there is not exactly one, or it has no text, the page's
 * body is returned.
 */
export function mainOf(document: Page): PageElement {
  const body = document.querySelector("body") ?? document.documentElement;
  for (const selector of ["main, [role=main]", "article"]) {
    const found = [...body.querySelectorAll(selector)].filter((element) => !isWithinLeftOut(element));
    const [only] = found;
    if (only !== undefined && found.length === 1 && collapse(only.textContent ?? "") !== "") return only;
  }
  return body;
}

function isWithinLeftOut(element: PageElement): boolean {
  for (let each: PageElement | null = element; each !== null; each = each.parentElement) {
    if (isLeftOut(each, true)) return true;
  }
  return false;
}

/**
 * The main heading if the page has no title, or one that only adds the site's name: `Mount the panels · Sillwatt help`.
 * Otherwise the title.
 */
function titleOf(document: Page, [heading, ...others]: readonly Heading[]): string | undefined {
  const title = collapse(document.querySelector("head > title, title")?.textContent ?? "").replaceAll("\n", " ");
  if (heading === undefined || heading.text === "") return title || undefined;
  return title === "" || (others.length === 0 && title.includes(heading.text)) ? heading.text : title;
}

/** Whether a page only redirects to another one. Site generators write such pages for a page's former URLs. */
function isRedirect(document: Page): boolean {
  const refreshes = [...document.documentElement.querySelectorAll("meta[http-equiv]")].filter(
    (meta) => meta.getAttribute("http-equiv")?.toLowerCase() === "refresh",
  );
  return refreshes.some((meta) => /url\s*=/i.test(meta.getAttribute("content") ?? ""));
}

/** @see https://www.rfc-editor.org/rfc/rfc6596 */
function canonicalUrl(document: Page): string | undefined {
  const href = document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? "";
  return readUrl(href);
}
