/** Elements whose text is not part of a page's readable content. */
const silent = "script, style, noscript, template, textarea, select, title";

/** Sentences with fewer letters and digits than this are not looked for on their own: they could match anywhere. */
const minSentenceChars = 15;

/**
 * Finds quotes in a page's text. Only letters and digits count, so white space, soft hyphens, elements within the text,
 * case, accents and the kind of quotes do not matter.
 * @returns the first visible occurrence of each quote, or of each of its sentences if the whole quote is not found
 */
export function findWords(root: Element, quotes: readonly string[]): Range[] {
  const page = new PageText(root);
  return quotes.flatMap((quote) => findQuote(page, quote));
}

function findQuote(page: PageText, quote: string): Range[] {
  const whole = page.find(quote);
  if (whole) return [whole];
  return quote
    .split(/(?<=[.!?…])\s+|(?<=[。！？])|\n+/)
    .filter((sentence) => plain(sentence).length >= minSentenceChars)
    .flatMap((sentence) => page.find(sentence) ?? []);
}

/** The letters and digits of a text. The result is the same if the text is converted in parts. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("ς", "σ");
}

/** The letters and digits of a page, and the text nodes that they are in. */
class PageText {
  #text = "";
  readonly #nodes: { node: Text; start: number }[] = [];

  constructor(root: Element) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { currentNode: node } = walker;
      if (!(node instanceof Text) || node.parentElement?.closest(silent)) continue;
      this.#nodes.push({ node, start: this.#text.length });
      this.#text += plain(node.data);
    }
  }

  find(words: string): Range | undefined {
    const wanted = plain(words);
    if (wanted === "") return undefined;
    for (let at = this.#text.indexOf(wanted); at >= 0; at = this.#text.indexOf(wanted, at + 1)) {
      const range = document.createRange();
      range.setStart(...this.#place(at));
      range.setEnd(...this.#place(at + wanted.length, true));
      if (range.getClientRects().length > 0) return range;
    }
    return undefined;
  }

  /** @param isEnd whether to return the place after the character at `at - 1`, instead of before the one at `at` */
  #place(at: number, isEnd = false): [Text, number] {
    const char = isEnd ? at - 1 : at;
    const found = this.#nodes.findLast(({ start }) => start <= char) ?? this.#nodes[0];
    if (!found) throw new Error("there is no text");
    let left = at - found.start;
    let offset = 0;
    for (const piece of found.node.data) {
      const { length } = plain(piece);
      if (isEnd ? left <= 0 : left < length) break;
      left -= length;
      offset += piece.length;
    }
    return [found.node, offset];
  }
}
