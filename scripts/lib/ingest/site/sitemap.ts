import { gunzipSync } from "node:zlib";
import { pageAddress } from "./page-address.ts";
import type { SiteClient } from "./site-client.ts";
import type { SiteScope } from "./site-scope.ts";

/** The largest size of an unpacked sitemap, in bytes: https://www.sitemaps.org/protocol.html */
const maxBytes = 50 * 1024 * 1024;

/** How many sitemaps of one site are read. Each has up to 50,000 addresses. */
const maxSitemaps = 200;

/** What the sitemaps of a site say. */
export interface FoundAddresses {
  /** The addresses in the scope, without duplicates. */
  addresses: string[];
  /** Sitemaps that could not be read. */
  problems: { address: string; reason: string }[];
}

/**
 * Reads the addresses in a site's sitemaps.
 * @param named the sitemaps in its `robots.txt`. If there are none, the usual places are tried
 */
export async function readSitemaps(
  client: SiteClient,
  scope: SiteScope,
  named: readonly string[],
): Promise<FoundAddresses> {
  const found = new Set<string>();
  const problems: FoundAddresses["problems"] = [];
  const usual = [...new Set([`${scope.origin}${folderOf(scope.prefix)}sitemap.xml`, `${scope.origin}/sitemap.xml`])];
  const queue = onOrigin(named.length > 0 ? named : usual, scope.origin);
  const seen = new Set(queue);
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const answer = await client.get(address);
    if (answer.kind === "redirect") add(answer.location, address);
    if (answer.kind === "unavailable") problems.push({ address, reason: answer.reason });
    if (answer.kind === "too large") problems.push({ address, reason: "it is too large: split it." });
    // Any other answer means that there is no such sitemap.
    if (answer.kind !== "page") continue;
    const text = unpack(answer.bytes);
    if (typeof text !== "string") problems.push({ address, ...text });
    const { isIndex, locations } = readLocations(typeof text === "string" ? text : "");
    for (const location of locations) {
      if (isIndex) add(location, address);
      const page = isIndex ? undefined : pageAddress(location, address);
      if (page !== undefined && scope.contains(page)) found.add(page);
    }
  }
  return { addresses: [...found], problems };

  function add(location: string, base: string): void {
    for (const each of onOrigin([URL.parse(location, base)?.href ?? ""], scope.origin)) {
      if (seen.has(each) || seen.size >= maxSitemaps) continue;
      seen.add(each);
      queue.push(each);
    }
  }
}

function folderOf(prefix: string): string {
  return prefix.slice(0, prefix.lastIndexOf("/") + 1);
}

/** Keeps the addresses on the site itself: a sitemap may not lead to another site. */
function onOrigin(addresses: readonly string[], origin: string): string[] {
  return addresses.flatMap((address) => {
    const url = URL.parse(address, origin);
    return url?.origin === origin ? [url.href] : [];
  });
}

/** A sitemap may be a GZIP file, whatever its name and type are. @returns its text, or why it cannot be read */
function unpack(bytes: Buffer): string | { reason: string } {
  try {
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return new TextDecoder().decode(isPacked ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes);
  } catch (error) {
    const isTooLarge = Reflect.get(Object(error), "code") === "ERR_BUFFER_TOO_LARGE";
    return { reason: isTooLarge ? "it is too large: split it." : "it is a damaged GZIP file: correct it." };
  }
}

/** A sitemap is XML, or text with one address per line. A web page is neither. */
function readLocations(text: string): { isIndex: boolean; locations: string[] } {
  const start = text.slice(0, 2000);
  if (!text.trimStart().startsWith("<")) {
    return { isIndex: false, locations: text.split(/\r?\n/).filter((line) => /^https?:\/\//i.test(line)) };
  }
  const isIndex = /<sitemapindex[\s>]/.test(start);
  if (!isIndex && !/<urlset[\s>]/.test(start)) return { isIndex: false, locations: [] };
  // The addresses of images have another element: `<image:loc>`.
  const location = /<loc\s*>([^<]*|<!\[CDATA\[[^<]*)<\/loc/g;
  return { isIndex, locations: Array.from(text.matchAll(location), ([, address = ""]) => decodeXml(address)) };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeXml(text: string): string {
  return text
    .replace(/^\s*<!\[CDATA\[(.*)\]\]>\s*$/s, "$1")
    .replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .trim();
}
