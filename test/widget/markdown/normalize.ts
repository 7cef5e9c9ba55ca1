// Normalizes an answer's DOM and reference HTML before they are compared. Both go through the same steps, each of which
// follows a documented decision (docs/markdown.md). Everything else must be equal.
import { safeLink } from "../../../widget/markdown/safe-url.ts";

/** The answer's DOM without what a reference renderer does not have: frames of code and tables, directions, `rel`. */
export function normalizeOurs(container: Element): string {
  const copy = document.createElement("div");
  copy.append(...[...container.childNodes].map((node) => node.cloneNode(true)));
  for (const frame of copy.querySelectorAll("div.code")) {
    const code = frame.querySelector("pre > code");
    const language = frame.querySelector(".language")?.textContent;
    const pre = document.createElement("pre");
    if (language) code?.setAttribute("class", `language-${language}`);
    if (code) pre.append(code);
    frame.replaceWith(pre);
  }
  for (const frame of copy.querySelectorAll("div.table, span.image")) frame.replaceWith(...frame.childNodes);
  for (const paragraph of copy.querySelectorAll(".tight > li > p"))
    paragraph.replaceWith(...paragraph.childNodes, "\n");
  return serialize(copy);
}

/**
 * Reference HTML as our allow-list changes it: images become links, addresses whose scheme is not allowed are removed,
 * and each link's title is its address.
 */
export function normalizeReference(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const image of body.querySelectorAll("img")) {
    const words = image.alt || (image.getAttribute("src") ?? "");
    const link = document.createElement("a");
    link.setAttribute("href", image.getAttribute("src") ?? "");
    link.append(words);
    image.replaceWith(image.closest("a") ? words : link);
  }
  for (const link of body.querySelectorAll("a")) {
    const safe = safeLink(link.getAttribute("href") ?? "");
    if (safe) for (const name of ["href", "title"]) link.setAttribute(name, safe.href);
    else for (const name of link.getAttributeNames()) link.removeAttribute(name);
  }
  for (const cell of body.querySelectorAll("[align]")) cell.className = cell.getAttribute("align") ?? "";
  return serialize(body);
}

const kept = new Set(["href", "title", "start", "class", "type", "disabled", "checked"]);
const blocks = new Set([
  "P",
  "UL",
  "OL",
  "LI",
  "BLOCKQUOTE",
  "PRE",
  "HR",
  "TABLE",
  "THEAD",
  "TBODY",
  "TR",
  "TH",
  "TD",
  "DIV",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
]);

/** An element's content as text: allowed attributes in alphabetical order, and white space as browsers show it. */
export function serialize(parent: Element): string {
  parent.normalize();
  return [...parent.childNodes].map((node) => serializeNode(node)).join("");
}

function serializeNode(node: ChildNode): string {
  if (node instanceof Text) return textOf(node);
  if (!(node instanceof Element)) return "";
  const attributes = node
    .getAttributeNames()
    .filter((name) => kept.has(name) && !(name === "class" && !["CODE", "TH", "TD"].includes(node.tagName)))
    .filter((name) => node.getAttribute(name) !== "" || name === "href" || node.tagName === "INPUT")
    .toSorted()
    .map((name) => ` ${name}="${node.getAttribute(name)}"`);
  return `<${node.localName}${attributes.join("")}>${serialize(node)}</${node.localName}>`;
}

function textOf(text: Text): string {
  const { data, parentElement, previousSibling, nextSibling } = text;
  if (parentElement?.closest("pre")) return nextSibling ? data : data.replace(/\n+$/, "");
  const isBlock = (node: ChildNode | null) =>
    node instanceof Element && (blocks.has(node.tagName) || node.tagName === "BR");
  const isInBlock = parentElement !== null && (blocks.has(parentElement.tagName) || parentElement.tagName === "BODY");
  let words = data.replace(/[ \t\n]+/g, " ");
  if (isBlock(previousSibling) || (!previousSibling && isInBlock)) words = words.replace(/^ /, "");
  if (isBlock(nextSibling) || (!nextSibling && isInBlock)) words = words.replace(/ $/, "");
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
