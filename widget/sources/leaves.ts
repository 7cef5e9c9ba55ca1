import { spacedCharacter } from "../markdown/unspaced.ts";

/** The elements that contain an answer's text, one per paragraph, heading, table cell, code block and formula. */
const leafSelector = "p, h1, h2, h3, h4, h5, h6, th, td, pre, div.math";

/** The class of an element that holds chips. */
export const chipsClass = "citations";

/** The leaves of a rendered answer in order. Footnotes are left out: they are moved to the end of the answer. */
export function leavesOf(answer: Element): Element[] {
  return [...answer.querySelectorAll(leafSelector)].filter((leaf) => !leaf.closest(".notes"));
}

/** Whether chips stand below a leaf, because they cannot be in it: it is code or a display formula. */
export function isSealed(leaf: Element): boolean {
  return leaf.matches("pre, div.math");
}

/** The length of a node's text without white space and without chips. A formula counts as one character. */
export function lengthOf(node: Node): number {
  if (node instanceof Text) return node.data.replace(/\s/g, "").length;
  if (!(node instanceof Element) || node.className === chipsClass) return 0;
  if (node.classList.contains("math")) return 1;
  return [...node.childNodes].reduce((sum, child) => sum + lengthOf(child), 0);
}

/** A place in a leaf: after a node, or after a number of UTF-16 units of a text node. */
interface Place {
  node: ChildNode;
  offset?: number;
}

/**
 * Finds the place after a number of characters, without white space. It is after the whole word, and after code, links
 * and buttons.
 * @returns undefined if the leaf has no text
 */
function placeAfter(leaf: Element, chars: number): Place | undefined {
  let left = Math.max(1, chars);
  let last: Place | undefined;
  const find = (parent: Element): boolean => {
    for (const node of parent.childNodes) {
      const length = lengthOf(node);
      if (length === 0) continue;
      const isWhole = !(node instanceof Element) || node.matches(".math, code, a, button");
      if (left > length) left -= length;
      else if (node instanceof Text) {
        last = { node, offset: endOfWord(node.data, left) };
        return true;
      } else if (isWhole) {
        last = { node };
        return true;
      } else if (node instanceof Element) return find(node);
      last = { node };
    }
    return false;
  };
  find(leaf);
  return last && outside(last, leaf);
}

/** The position after a number of characters without white space, and after the rest of their word. */
function endOfWord(text: string, chars: number): number {
  let at = 0;
  for (let left = chars; left > 0 && at < text.length; at += 1) if (/\S/.test(text.charAt(at))) left -= 1;
  if (/[\uD800-\uDBFF]/.test(text.charAt(at - 1))) at += 1;
  if (spacedCharacter.test(text.charAt(at - 1))) while (spacedCharacter.test(text.charAt(at))) at += 1;
  return at;
}

/** A place at the end of bold text, for example, is after the element. */
function outside({ node, offset }: Place, leaf: Element): Place {
  const isInside = node instanceof Text && offset !== undefined && /\S/.test(node.data.slice(offset));
  if (isInside) return { node, offset };
  let end: ChildNode = node;
  while (!hasTextBehind(end) && end.parentElement && end.parentElement !== leaf) end = end.parentElement;
  return end === node ? { node, offset } : { node: end };
}

function hasTextBehind({ nextSibling }: ChildNode): boolean {
  for (let node = nextSibling; node; node = node.nextSibling) if (lengthOf(node) > 0) return true;
  return false;
}

/** The number of characters before the place where chips for a position stand. Positions with the same one share it. */
export function settle(leaf: Element, chars: number): number {
  const place = placeAfter(leaf, chars);
  if (!place) return 0;
  const { node, offset } = place;
  const own =
    node instanceof Text && offset !== undefined
      ? node.data.slice(0, offset).replace(/\s/g, "").length
      : lengthOf(node);
  return lengthBefore(node, leaf) + own;
}

/** The number of characters of a leaf before a node. */
export function lengthBefore(node: Node, leaf: Element): number {
  let length = 0;
  for (let inner: Node | null = node; inner && inner !== leaf; inner = inner.parentNode) {
    for (let before = inner.previousSibling; before; before = before.previousSibling) length += lengthOf(before);
  }
  return length;
}

/**
 * Inserts chips after a number of characters. A text node that is split stays the last part, because the renderer may
 * remember it as the end of what is finished.
 */
export function insertAfter(leaf: Element, chars: number, chips: Element): void {
  const place = placeAfter(leaf, chars);
  if (!place) return;
  const { node, offset } = place;
  if (!(node instanceof Text) || offset === undefined || offset === node.length) return node.after(chips);
  const before = new Text(node.data.slice(0, offset));
  node.deleteData(0, offset);
  node.before(before, chips);
}
