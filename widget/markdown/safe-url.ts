const linkSchemes = new Set(["http:", "https:", "mailto:", "tel:"]);

/** A link that may be shown as one. */
export interface SafeLink {
  href: string;
  /** Leads to another site: opens a tab of its own, so that the chat stays. */
  isElsewhere: boolean;
}

/**
 * An address that a link in an answer may have: `http`, `https`, `mailto` or `tel`, resolved against the page.
 * @param address as it was written
 * @returns undefined for anything else, `javascript:` above all
 */
export function safeLink(address: string | undefined): SafeLink | undefined {
  const url = resolve(address);
  if (!url || !linkSchemes.has(url.protocol)) return undefined;
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  return { href: url.href, isElsewhere: isWeb && url.origin !== location.origin };
}

/**
 * An address that an image may be loaded from. A picture's address can carry data out of the conversation, so only hosts
 * that the site has named are asked.
 * @param hosts names such as `images.example.com`, or `*.example.com` for all below it
 */
export function safeImage(address: string | undefined, hosts: readonly string[]): string | undefined {
  const url = resolve(address);
  if (!url) return undefined;
  if (url.protocol !== "https:" && url.origin !== location.origin) return undefined;
  return hosts.some((host) => matchesHost(url.hostname, host)) ? url.href : undefined;
}

/** A backslash and brackets are characters of an address here, where a browser would take the one for a slash. */
function resolve(address: string | undefined): URL | undefined {
  const encoded = address?.replaceAll("\\", "%5C").replace(/(?<!\/\/)\[|\](?!:|\/)/g, encodeURIComponent);
  return encoded !== undefined && URL.canParse(encoded, document.baseURI)
    ? new URL(encoded, document.baseURI)
    : undefined;
}

function matchesHost(hostname: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}
