import type { Source } from "../../protocol/index.ts";
import { withoutOverrides } from "../markdown/bidi.ts";
import { safeLink } from "../view/safe-link.ts";

/** Where a source can be read. */
export interface SourceLink {
  /** The address of the source's page, without a text fragment. */
  url: string;
  /** The same address, with a text fragment for the cited words if it is another page of this site. */
  href: string;
  /** On this page, on another page of this site, or on another site. */
  kind: "here" | "site" | "elsewhere";
  /** The name of the site, and the path to the page on it. */
  where: readonly string[];
}

/** The link of a source. @returns undefined if the source has no link that may be followed */
export function linkOf({ url: address }: Source, quotes: readonly string[]): SourceLink | undefined {
  const url = safeLink(address);
  if (!url || !/^https?:/.test(url)) return undefined;
  const { origin } = new URL(url);
  const kind = origin !== location.origin ? "elsewhere" : isHere(url) ? "here" : "site";
  const [quote] = quotes;
  const href = kind === "site" && quote ? withTextFragment(url, quote) : url;
  return { url, href, kind, where: whereIs(url) };
}

/** Whether an address is that of the current page. */
export function isHere(url: string): boolean {
  const { origin, pathname, search } = new URL(url);
  const isPage = origin === location.origin && plainPath(pathname) === plainPath(location.pathname);
  return isPage && (search === "" || search === location.search);
}

/** `/guide`, `/guide/`, `/guide.html` and `/guide/index.html` are one page on most sites. */
function plainPath(path: string): string {
  return path.replace(/(?:\/index)?(?:\.html?)?\/*$/i, "");
}

function whereIs(url: string): string[] {
  const { host, pathname } = new URL(url);
  const path = plainPath(pathname)
    .split("/")
    .filter((name) => name !== "");
  return [host.replace(/^www\./, ""), ...path.map(decode)];
}

function decode(name: string): string {
  try {
    return withoutOverrides(decodeURIComponent(name));
  } catch {
    return name; // not UTF-8
  }
}

/** How many words a text fragment takes from the start of a long quote, and how many from its end. */
const fragmentWords = 5;

/**
 * Adds a text fragment, which makes browsers scroll to words and mark them.
 * @see https://wicg.github.io/scroll-to-text-fragment/
 */
function withTextFragment(url: string, quote: string): string {
  const lines = quote.split(/\s*\n\s*/);
  const [first = [], last = first] = [lines.shift(), lines.pop()].map((line) => line?.split(/\s+/));
  const isShort = last === first && first.length <= 2 * fragmentWords;
  const ends = isShort ? [first] : [first.slice(0, fragmentWords), last.slice(-fragmentWords)];
  const text = ends.map((words) => encode(words.join(" "))).join(",");
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${text}`;
}

/** Encodes words for a text fragment, in which commas, ampersands and hyphens have a special meaning. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}
