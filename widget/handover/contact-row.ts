import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { ViewContext } from "../view/context.ts";
import { icon } from "../view/icon.ts";
import { safeLink } from "../view/safe-link.ts";

const mailIcon =
  "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v10a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17V7a1.5 1.5 0 0 1 1.5-1.5ZM4.3 7.5 12 13l7.7-5.5";
const phoneIcon =
  "M8.5 4.5 10.3 9 8 10.6a12 12 0 0 0 5.4 5.4l1.6-2.3 4.5 1.8v2.6a1.5 1.5 0 0 1-1.7 1.5C10.5 18.8 5.2 13.5 4.4 6.2A1.5 1.5 0 0 1 5.9 4.5Z";
const bookIcon =
  "M12 6.6C10.4 5.3 8.2 4.7 4.5 4.7v13.4c3.7 0 5.9.6 7.5 1.9 1.6-1.3 3.8-1.9 7.5-1.9V4.7c-3.7 0-5.9.6-7.5 1.9ZM12 6.6V20";
const outIcon = "M8.5 15.5l7.5-7.5M9.5 7.5h7v7";

/** The contact link as a row. An email address or phone number is shown as it is, a web page as the contact label. */
export function contactRow(contactUrl: string | undefined, { strings }: ViewContext): TemplateResult | typeof nothing {
  const link = safeLink(contactUrl);
  if (!link) return nothing;
  const { protocol, pathname } = new URL(link);
  const isDirect = protocol === "mailto:" || protocol === "tel:";
  const outline = protocol === "mailto:" ? mailIcon : protocol === "tel:" ? phoneIcon : bookIcon;
  return html`<a class="handover-row" href=${link} target=${isDirect ? nothing : "_blank"} rel="noopener">
    ${icon(outline)} <bdi>${isDirect ? readable(pathname) : strings.contact}</bdi> ${icon(outIcon)}
  </a>`;
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
