import { parsePage, textsIn, type Page, type PageElement } from "../html/dom.ts";
import { isInLeftOut } from "../html/left-out.ts";
import { mainOf, readPage } from "../html/parse-html.ts";
import { decodeText } from "../decode-text.ts";
import type { ParsedDocument } from "../parsed-document.ts";
import { isOtherAddress, pageAddress } from "./page-address.ts";
import { keepReadable } from "./readable-text.ts";
import { readDirectives, type RobotsDirectives } from "./robots-directives.ts";

/** The most text that a login page has besides its form, in characters. */
const maxLoginChars = 400;

/** What a web page says. */
export interface WebPage extends RobotsDirectives {
  /** The addresses of the pages that it links to, without duplicates. */
  links: string[];
  /** The address that the page gives for itself. */
  canonical?: string;
  /** The address that it redirects to with `<meta http-equiv="refresh">`. */
  refresh?: string;
  /** Whether its main content is a form for a password. */
  isLogin: boolean;
  /** Reads the text that belongs to the page. */
  parse(): ParsedDocument;
}

/**
 * Reads a web page.
 * @param address where it was found
 * @throws UnreadableDocument if it is not text, or has too many headings
 */
export function readWebPage(address: string, headers: Headers, bytes: Buffer): WebPage {
  const html = decode(headers, bytes);
  const page = parsePage(html);
  const base = URL.parse(page.querySelector("base[href]")?.getAttribute("href") ?? "", address)?.href ?? address;
  const directives = readDirectives(headers, page);
  const canonical = [...page.documentElement.querySelectorAll("link[rel][href]")].find((link) =>
    hasToken(link, "canonical"),
  );
  return {
    ...directives,
    links: directives.isNofollow ? [] : linksOf(page, base),
    canonical: canonical && pageAddress(canonical.getAttribute("href") ?? "", base),
    refresh: refreshOf(page, base),
    isLogin: isLogin(page),
    parse: () => readPage(page, keepReadable(page, html)),
  };
}

/**
 * Decodes a page. A byte order mark of UTF-8 takes precedence over the header, and the header over the page.
 * @see https://html.spec.whatwg.org/#determining-the-character-encoding
 */
function decode(headers: Headers, bytes: Buffer): string {
  const [, charset = ""] = /;\s*charset="?([\w.:-]+)/i.exec(headers.get("content-type") ?? "") ?? [];
  if (charset === "" || /^utf-?8$/i.test(charset) || (bytes[0] === 0xef && bytes[1] === 0xbb)) return decodeText(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return decodeText(bytes); // there is no such encoding
  }
}

function linksOf(page: Page, base: string): string[] {
  const links = [...page.documentElement.querySelectorAll("a[href], area[href]")].filter(
    (link) => !hasToken(link, "nofollow"),
  );
  const addresses = links.map((link) => pageAddress(link.getAttribute("href") ?? "", base));
  return [...new Set(addresses)].filter((each) => each !== undefined && !isOtherAddress(each)) as string[];
}

function hasToken(link: PageElement, token: string): boolean {
  return (link.getAttribute("rel") ?? "").toLowerCase().split(/\s+/).includes(token);
}

function refreshOf(page: Page, base: string): string | undefined {
  for (const meta of page.documentElement.querySelectorAll("meta[http-equiv]")) {
    const [, target] = /url\s*=\s*["']?([^"']+)/i.exec(meta.getAttribute("content") ?? "") ?? [];
    const isRefresh = meta.getAttribute("http-equiv")?.toLowerCase() === "refresh";
    if (isRefresh && target !== undefined) return pageAddress(target, base);
  }
  return undefined;
}

/** Whether a page asks for a login. A small login form beside an article does not count. */
function isLogin(page: Page): boolean {
  const main = mainOf(page);
  const passwords = [...main.querySelectorAll("input[type=password]")];
  if (!passwords.some(({ parentElement }) => !isInLeftOut(parentElement, main))) return false;
  const chars = Array.from(textsIn(main), ({ parentElement, nodeValue }) => {
    const isForm = parentElement?.closest("form, label") !== null || isInLeftOut(parentElement, main);
    return isForm ? 0 : (nodeValue ?? "").trim().length;
  });
  return chars.reduce((sum, count) => sum + count, 0) <= maxLoginChars;
}
