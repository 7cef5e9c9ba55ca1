const linkSchemes = new Set(["http:", "https:", "mailto:", "tel:"]);

/** A link that may be followed. */
export interface SafeLink {
  href: string;
  /** Whether it leads to another site. It opens in a new tab then, so that the chat stays. */
  isElsewhere: boolean;
}

/**
 * Resolves the address of a link in an answer against the page. It may be `http`, `https`, `mailto` or `tel`.
 * @param address as written
 * @returns undefined for any other scheme, such as `javascript:`
 */
export function safeLink(address: string | undefined): SafeLink | undefined {
  const url = resolve(address);
  if (!url || !linkSchemes.has(url.protocol)) return undefined;
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  return { href: url.href, isElsewhere: isWeb && url.origin !== location.origin };
}

/**
 * Resolves an address, in which backslashes and square brackets are escaped first: a browser would treat a backslash as
 * a slash.
 */
function resolve(address: string | undefined): URL | undefined {
  const encoded = address?.replaceAll("\\", "%5C").replace(/(?<!\/\/)\[|\](?!:|\/)/g, encodeURIComponent);
  return encoded !== undefined && URL.canParse(encoded, document.baseURI)
    ? new URL(encoded, document.baseURI)
    : undefined;
}
