import { readCode } from "./code-tokens.ts";
import type { CodeToken } from "./code-tokens.ts";
import { grammarOf } from "./highlight-languages.ts";
import { ensureHighlightStyles } from "./highlight-styles.ts";

/**
 * The colors by token type: the style sheet has a `::highlight()` and a class for each. Operators have none: they are a
 * third of all tokens, and browsers check all ranges whenever the page changes.
 */
const colors: Readonly<Partial<Record<CodeToken["type"], string>>> = {
  kwd: "keyword",
  bool: "keyword",
  str: "string",
  num: "number",
  esc: "number",
  cmnt: "comment",
  func: "function",
  class: "type",
  type: "type",
  section: "type",
  var: "variable",
  insert: "inserted",
  deleted: "deleted",
  err: "deleted",
};

/**
 * A region that is not settled is read again with each line. Past this length, in characters, it is read only at the
 * end.
 */
const maxOpenChars = 4_000;

/** Longer code is not highlighted, in characters: nobody reads it here, and the highlights would slow down the page. */
const maxChars = 200_000;

/** Highlights a code block while it grows, in whole lines. Settled lines are not looked at again. */
export class CodePainter {
  readonly #text: Text;
  readonly #language: string;
  #resumeAt = 0;
  #paintedTo = 0;
  /** Ranges of the region that is not settled. */
  #open: { name: string; range: StaticRange }[] = [];
  readonly #settled: { name: string; range: StaticRange }[] = [];
  #isVisible = false;

  constructor(text: Text, language: string) {
    this.#text = text;
    this.#language = language;
  }

  /** @param isFinal the code is complete */
  update(isFinal: boolean): void {
    const { data } = this.#text;
    const grammar = grammarOf(this.#language);
    const to = isFinal ? data.length : data.lastIndexOf("\n") + 1;
    if (!grammar || to <= this.#paintedTo || data.length > maxChars) return;
    if (!isFinal && (!hasHighlights() || to - this.#resumeAt > maxOpenChars)) return;
    this.#paintedTo = to;
    ensureHighlightStyles(this.#text.getRootNode());
    const { tokens, resumeAt } = readCode(data, this.#resumeAt, to, grammar);
    this.#resumeAt = resumeAt;
    if (hasHighlights()) this.#paint(tokens);
    else wrapTokens(this.#text, tokens);
  }

  /**
   * Shows or removes the highlights when the code enters or leaves the viewport. Browsers go through all ranges with
   * each change of the page, so off-screen highlights would make long answers slow.
   */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible || !hasHighlights()) return;
    this.#isVisible = isVisible;
    for (const { name, range } of [...this.#open, ...this.#settled]) {
      if (isVisible) highlightNamed(name).add(range);
      else CSS.highlights.get(name)?.delete(range);
    }
  }

  /** Whether the code is still in the page. */
  get isShown(): boolean {
    return this.#text.isConnected;
  }

  #paint(tokens: readonly CodeToken[]): void {
    for (const { name, range } of this.#open) CSS.highlights.get(name)?.delete(range);
    this.#open = [];
    for (const { type, start, end } of tokens) {
      if (colors[type] === undefined) continue;
      const name = `rivulet-${colors[type]}`;
      const range = new StaticRange({
        startContainer: this.#text,
        startOffset: start,
        endContainer: this.#text,
        endOffset: end,
      });
      (end <= this.#resumeAt ? this.#settled : this.#open).push({ name, range });
      if (this.#isVisible) highlightNamed(name).add(range);
    }
  }
}

function hasHighlights(): boolean {
  return "highlights" in CSS;
}

function highlightNamed(name: string): Highlight {
  const known = CSS.highlights.get(name);
  if (known) return known;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

/** Fallback without the Highlight API: wraps the tokens once the code is complete. */
function wrapTokens(text: Text, tokens: readonly CodeToken[]): void {
  const { data } = text;
  const nodes: Node[] = [];
  let position = 0;
  for (const { type, start, end } of tokens) {
    if (colors[type] === undefined) continue;
    const span = document.createElement("span");
    span.className = `rivulet-${colors[type]}`;
    span.textContent = data.slice(start, end);
    nodes.push(new Text(data.slice(position, start)), span);
    position = end;
  }
  text.replaceWith(...nodes, new Text(data.slice(position)));
}
