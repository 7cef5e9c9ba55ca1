import { Mistake } from "../../mistake.ts";
import { pageAddress } from "./page-address.ts";

/** The part of a website that an address stands for: the page itself, and every page below it. */
export class SiteScope {
  /** Where the crawl begins. */
  readonly start: string;
  readonly origin: string;
  /** The path that all pages have in common. It ends with a slash, except for a single page. */
  readonly prefix: string;

  constructor(start: string) {
    const { origin, pathname } = new URL(start);
    this.start = start;
    this.origin = origin;
    // `/docs/install.html` is one page. Every other address is also a folder.
    const isPage = /\.\w+$/.test(pathname);
    this.prefix = isPage || pathname.endsWith("/") ? pathname : `${pathname}/`;
  }

  /** Whether a page belongs to the scope: `/docs/` has `/docs` and `/docs/install`, but not `/docs2`. */
  contains(address: string): boolean {
    const { origin, pathname } = new URL(address);
    return origin === this.origin && (pathname.startsWith(this.prefix) || `${pathname}/` === this.prefix);
  }
}

/** Whether a document is a page of a site, not a file. @param path the path of the stored document */
export function isAddress(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

/**
 * Reads the addresses in the command line. An address that is within the scope of another one is left out.
 * @throws Mistake if one is not the address of a website
 */
export function readAddresses(addresses: readonly string[]): SiteScope[] {
  const scopes = addresses.map(readAddress);
  return scopes.filter(({ start }, at) => {
    const covers = (other: SiteScope, index: number) =>
      index !== at && other.contains(start) && (index < at || !(scopes[at]?.contains(other.start) ?? false));
    return !scopes.some(covers);
  });
}

function readAddress(text: string): SiteScope {
  const url = URL.parse(text);
  const start = url === null ? undefined : pageAddress(url.href, url.href);
  if (url === null || start === undefined) {
    throw new Mistake(`${text} is not the address of a website: write one, as in https://www.example.com/docs/.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Mistake("The address of a site has a user name: only public pages can be read. Leave it out.");
  }
  return new SiteScope(start);
}
