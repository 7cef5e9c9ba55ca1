import { spacedCharacter } from "../markdown/unspaced.ts";

/** The elements that contain an answer's text: paragraphs, headings, table cells, code blocks and display formulas. */
const leafSelector = "p, h1, h2, h3, h4, h5, h6, th, td, pre, div.math";

/** The class of an element that holds chips. */
export const chipsClass = "citations";

/** The leaves of a rendered answer in order. Footnotes are left out: they are moved to the end of the answer. */
export function leavesOf(answer: Element): Element[] {
  return [...answer.querySelectorAll(leafSelector)].filter((leaf) => !leaf.closest(".notes"));
}

/** Whether a leaf cannot contain chips, because it is code or a display formula. Its chips are placed below it. */
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
  offset: number | undefined;
  /** The number of characters before the place, without white space. Chips with the same number stand together. */
  chars: number;
}

/** Yields the text nodes in an element, and the elements that cannot contain chips. */
function* partsOf(parent: Node): Generator<ChildNode> {
  for (const node of parent.childNodes) {
    if (!(node instanceof Element) || node.matches(".math, code, a, button")) yield node;
    else yield* partsOf(node);
  }
}

/**
 * Finds the place for chips after a number of characters. If the last one is within a word, formula, code, link or
 * button, the place is at the end of that word or element.
 * @returns undefined if the leaf has no text
 */
export function placeAfter(leaf: Element, wanted: number): Place | undefined {
  let place: Place | undefined;
  let chars = 0;
  for (const node of partsOf(leaf)) {
    const length = lengthOf(node);
    if (length === 0) continue;
    const left = Math.max(1, wanted) - chars;
    const offset = node instanceof Text ? endOfWord(node.data, left) : undefined;
    chars += node instanceof Text ? lengthOf(new Text(node.data.slice(0, offset))) : length;
    place = { node, offset, chars };
    if (left <= length) break;
  }
  return place;
}

/**
 * The end of the word that contains the last of a number of characters. White space is not counted. In scripts without
 * spaces, each character is a word.
 */
function endOfWord(text: string, chars: number): number {
  let at = 0;
  for (let left = chars; left > 0 && at < text.length; at += 1) if (/\S/.test(text.charAt(at))) left -= 1;
  if (/[\uD800-\uDBFF]/.test(text.charAt(at - 1))) at += 1;
  while (spacedCharacter.test(text.charAt(at - 1)) && spacedCharacter.test(text.charAt(at))) at += 1;
  return at;
}

/**
 * Inserts chips at a place. If a text node is split, the original node becomes the last part, because the renderer may
 * remember it as the end of the settled text.
 */
export function insertAt({ node, offset = Infinity }: Place, chips: Element): void {
  if (!(node instanceof Text) || offset >= node.length) return node.after(chips);
  node.before(node.data.slice(0, offset), chips);
  node.deleteData(0, offset);
}
