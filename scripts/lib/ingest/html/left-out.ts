import type { PageElement } from "./dom.ts";

/** Elements without text of their own, or whose text is not part of the document. */
const otherElements = new Set(
  (
    "head title script style template noscript nav footer svg canvas iframe object embed audio video map area img picture " +
    "button input select textarea datalist progress meter dialog rt rp"
  ).split(" "),
);

/** An `aside` with one of these words in its class is a note on the text around it, and belongs to that text. */
const note = /note|tip|hint|info|important|warn|caution|danger|alert|callout|admonition/i;

/** Links that site generators put next to a heading. */
const headingLink = /\b(anchor|header-?anchor|heading-?anchor|hash-?link|header-?link|heading-?link)\b/i;

/**
 * Whether an element and everything in it is not part of the document.
 * @param isWithinMain whether the element is in the page's main content, where a `header` holds the title
 */
export function isLeftOut(element: PageElement, isWithinMain: boolean): boolean {
  const name = element.localName;
  if (otherElements.has(name)) return true;
  const attribute = (key: string) => element.getAttribute(key);
  const role = attribute("role") ?? "";
  if (name === "header" || role === "banner") return !isWithinMain;
  const isNote = role === "note" || note.test(attribute("class") ?? "");
  if (name === "aside" || role === "complementary") return !isNote;
  if (["navigation", "contentinfo", "search", "dialog", "doc-noteref"].includes(role)) return true;
  if (element.hasAttribute("data-rivulet-ignore") || attribute("aria-hidden") === "true") return true;
  // Visitors can find `hidden="until-found"` text with the browser's search, so it is part of the page.
  if (element.hasAttribute("hidden") && attribute("hidden") !== "until-found") return true;
  if (/display:none|visibility:hidden/i.test((attribute("style") ?? "").replaceAll(/\s/g, ""))) return true;
  return name === "a" && headingLink.test(attribute("class") ?? "") && isShort(element);
}

/** Whether an element, or one around it, is left out. @param root where to stop; this element itself is not checked */
export function isInLeftOut(element: PageElement | null, root: PageElement): boolean {
  for (let each = element; each !== null && each !== root; each = each.parentElement) {
    if (isLeftOut(each, root.localName !== "body")) return true;
  }
  return false;
}

/**
 * Whether a link next to a heading holds only a sign such as `#` or `¶`. A link that holds the heading itself is kept.
 */
function isShort(link: PageElement): boolean {
  return (link.textContent ?? "").replaceAll(/[\s\u200b]/g, "").length < 2;
}
