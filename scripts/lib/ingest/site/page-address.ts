/** Parameters that only say where a visitor came from. */
const tracking =
  /^(?:utm_\w+|gclid|gclsrc|dclid|gbraid|wbraid|fbclid|msclkid|yclid|twclid|igshid|ttclid|li_fat_id|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)|mkt_tok)$/i;

/** What a link may lead to that is certainly no document. */
const otherFiles =
  /\.(?:avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp|heic|mp3|mp4|m4[av]|mov|og[gv]|wav|webm|avi|vtt|css|m?js|map|wasm|woff2?|ttf|otf|eot|json|xml|rss|atom|csv|ics|zip|gz|tgz|bz2|xz|7z|rar|tar|dmg|exe|msi|pkg|deb|rpm|apk|iso|bin|jar|xlsx?|pptx?)$/i;

/** The longest address that is read, in characters. Longer ones are made by programs, without end. */
const maxChars = 2000;

/**
 * The address of a page without what does not lead to another page: the fragment and tracking parameters.
 * @param href as a page or sitemap has it
 * @param base the address of that page
 * @returns undefined if it is not the address of a web page
 */
export function pageAddress(href: string, base: string): string | undefined {
  const url = URL.parse(href.trim(), base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.href.length > maxChars) return undefined;
  url.hash = "";
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()]) if (tracking.test(name)) url.searchParams.delete(name);
  if (url.searchParams.size === 0) url.search = "";
  return url.href;
}

/** The same for addresses that lead to the same page: with and without a slash at the end. */
export function pageKey(address: string): string {
  const { origin, pathname, search } = new URL(address);
  return `${origin}${pathname.replace(/\/+$/, "")}${search}`;
}

/** Whether an address is that of an image, a script or another file that is certainly no document. */
export function isOtherAddress(address: string): boolean {
  return otherFiles.test(new URL(address).pathname);
}

/** Whether an address names a file that sitemaps usually do not have, but that can be a document. */
export function isFileAddress(address: string): boolean {
  return /\.(?:pdf|docx)$/i.test(new URL(address).pathname);
}
