import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";

/**
 * Resolves a link's address against the page's base URL, if the scheme is allowed: `http`, `https`, `mailto` or `tel`.
 * @returns undefined for an invalid address and any other scheme, such as `javascript:`
 */
export function safeLink(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address, document.baseURI)) return undefined;
  const url = new URL(address, document.baseURI);
  return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : undefined;
}

/** A link to one of the operator's pages, in a new tab; nothing if its address is not allowed. */
export function externalLink(address: string | undefined, words: string): TemplateResult | typeof nothing {
  const link = safeLink(address);
  return link ? html`<a href=${link} target="_blank" rel="noopener">${words}</a>` : nothing;
}
