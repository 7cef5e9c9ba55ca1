import type { Inline, InlineElement } from "./inline.ts";
import { plainText } from "./inline.ts";
import { showFormula } from "./math-loader.ts";
import type { RenderContext } from "./render-options.ts";
import { safeLink } from "./safe-url.ts";

/** Every element that text can become, with every attribute that it can have. Nothing else is possible. */
const allowed = {
  em: [],
  strong: [],
  del: [],
  br: [],
  code: ["dir"],
  span: ["class", "data-math"],
  a: ["href", "title", "rel", "target", "dir"],
  button: ["type", "class", "part", "data-note"],
} as const satisfies Record<string, readonly string[]>;

type Tag = keyof typeof allowed;

interface Shape {
  tag: Tag;
  attributes: Partial<Record<string, string>>;
  children: readonly Inline[];
}

/**
 * Updates the nodes after a node to match a list of inline content. Matching nodes stay, and so does a selection in
 * them.
 * @param after the child before the first updated node; null for the start
 */
export function patchInline(
  parent: Element,
  after: ChildNode | null,
  nodes: readonly Inline[],
  context: RenderContext,
): void {
  let cursor = after ? after.nextSibling : parent.firstChild;
  for (const node of nodes) {
    const shown = typeof node === "string" ? patchText(cursor, node) : patchElement(cursor, node, context);
    if (shown === cursor) cursor = cursor.nextSibling;
    else if (cursor) {
      const { nextSibling } = cursor;
      cursor.replaceWith(shown);
      cursor = nextSibling;
    } else parent.append(shown);
  }
  while (cursor) {
    const { nextSibling } = cursor;
    cursor.remove();
    cursor = nextSibling;
  }
}

function patchText(cursor: ChildNode | null, words: string): ChildNode {
  if (!(cursor instanceof Text)) return new Text(words);
  const { data } = cursor;
  if (data === words) return cursor;
  if (words.startsWith(data)) cursor.appendData(words.slice(data.length));
  else cursor.data = words;
  return cursor;
}

function patchElement(cursor: ChildNode | null, node: InlineElement, context: RenderContext): ChildNode {
  const { tag, attributes, children } = shapeOf(node);
  const element = cursor instanceof HTMLElement && cursor.localName === tag ? cursor : document.createElement(tag);
  for (const name of allowed[tag]) {
    const value = attributes[name];
    if (value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  if (attributes["data-math"]) showFormula(element, plainText(children), context.isEnriched);
  else patchInline(element, null, children, context);
  return element;
}

function shapeOf(node: InlineElement): Shape {
  const { kind, children } = node;
  switch (kind) {
    case "emphasis":
      return { tag: "em", attributes: {}, children };
    case "strong":
      return { tag: "strong", attributes: {}, children };
    case "deleted":
      return { tag: "del", attributes: {}, children };
    case "break":
      return { tag: "br", attributes: {}, children: [] };
    case "code":
      return { tag: "code", attributes: { dir: "ltr" }, children };
    case "link":
      return linkShape(node);
    case "image":
      return imageShape(node);
    case "math":
    case "display-math":
      return {
        tag: "span",
        attributes: { class: "math", "data-math": kind === "math" ? "inline" : "display" },
        children,
      };
    case "note": {
      const label = plainText(children);
      const attributes = { type: "button", class: "note-reference", part: "footnote-reference", "data-note": label };
      return { tag: "button", attributes, children };
    }
  }
}

/** A link without an allowed address leads nowhere. Others have a tooltip with their address, whatever their text. */
function linkShape({ destination, children }: InlineElement): Shape {
  const link = safeLink(destination);
  if (!link) return { tag: "a", attributes: {}, children };
  const { href, isElsewhere } = link;
  const attributes = {
    href,
    title: href,
    dir: isAddress(plainText(children)) ? "ltr" : undefined,
    rel: "noopener nofollow ugc",
    target: isElsewhere ? "_blank" : undefined,
  };
  return { tag: "a", attributes, children };
}

/** Whether a link's text is an address, which is always left to right. */
function isAddress(words: string): boolean {
  return !/\s/.test(words) && /\/\/|@|^www\./i.test(words);
}

/** An image becomes a link to it: its address can leak data from the conversation, so it is never requested. */
function imageShape(image: InlineElement): Shape {
  const children = [plainText(image.children) || image.destination || ""];
  if (image.isBare) return { tag: "span", attributes: { class: "image" }, children };
  return linkShape({ ...image, children });
}
