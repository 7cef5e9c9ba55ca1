/**
 * Resolves an address that a link may have against the page: `http`, `https` or `mailto`.
 * @returns undefined for any other scheme, such as `javascript:`
 */
export function safeLink(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address, document.baseURI)) return undefined;
  const url = new URL(address, document.baseURI);
  return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : undefined;
}
