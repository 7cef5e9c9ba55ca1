/**
 * An address that a link may have: `http`, `https` or `mailto`, resolved against the page.
 * @returns undefined for anything else, `javascript:` above all
 */
export function safeLink(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address, document.baseURI)) return undefined;
  const url = new URL(address, document.baseURI);
  return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : undefined;
}
