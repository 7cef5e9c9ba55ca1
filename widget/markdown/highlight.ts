import type { ShjLanguageData } from "@speed-highlight/core/tokenize";
import { codeRegion, readNext } from "./code-tokens.ts";
import type { CodeRegion, CodeToken } from "./code-tokens.ts";
import { grammarOf } from "./highlight-languages.ts";
import { ensureHighlightStyles } from "./highlight-styles.ts";
import { runInSlices } from "./slices.ts";

interface ColoredRange {
  name: string;
  range: StaticRange;
}

/**
 * The colors by token type: the style sheet has a `::highlight()` and a class for each color. Operators have no color:
 * they are a third of all tokens, and browsers check all ranges whenever the page changes.
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
 * The lines that are not settled are read again with each new line. Past this length, in characters, they are not
 * colored before they are settled: they are part of a long comment.
 */
const maxOpenChars = 2_000;

/** How much of the code's start is highlighted, in characters: nobody reads more here, and highlights cost memory. */
const maxChars = 200_000;

/** How much of a line's start is highlighted, in characters: browsers draw all ranges of a line together. */
const maxLineChars = 1_000;

/** Code with more characters is not highlighted without the Highlight API: each token would become an element. */
const maxWrappedChars = 20_000;

/** Highlights a code block while it grows, in whole lines and in short steps. Settled lines are not looked at again. */
export class CodePainter {
  readonly #text: Text;
  readonly #grammar: ShjLanguageData | undefined;
  readonly #top: CodeRegion | undefined;
  /** Regions within the lines that are settled: the innermost last. */
  readonly #nested: CodeRegion[] = [];
  #isFinal = false;
  #paintedTo = 0;
  /** Ranges of the lines that are not settled. */
  #open: ColoredRange[] = [];
  readonly #settled: ColoredRange[] = [];
  /** All tokens; used only without the Highlight API. */
  readonly #tokens: CodeToken[] = [];
  #isVisible = false;
  /** The line that was looked at last. */
  #lineStart = 0;
  #lineEnd = -1;

  constructor(text: Text, language: string) {
    this.#text = text;
    this.#grammar = grammarOf(language);
    this.#top = this.#grammar && codeRegion(this.#grammar, 0, 0);
  }

  /** @param isFinal the code is complete */
  update(isFinal: boolean): void {
    this.#isFinal = isFinal;
    if (this.#top && (isFinal || hasHighlights())) runInSlices(this.#step);
  }

  /** Reads a part of the code. Which part is settled depends only on the code, not on the time or on chunks. */
  readonly #step = (): boolean => {
    const top = this.#top;
    if (!top || !this.isShown) return false;
    const { data } = this.#text;
    top.end = Math.min(this.#isFinal ? data.length : data.lastIndexOf("\n") + 1, maxChars);
    const region = this.#nested.pop() ?? top;
    if (region !== top) return this.#settle(region);
    if (top.end <= this.#paintedTo && !this.#isFinal) return false;
    if (this.#isFinal || top.end - top.start > top.windowChars) return top.start < top.end && this.#settle(top);
    if (top.end - top.start <= maxOpenChars) this.#paintOpen(top);
    return false;
  };

  #settle(region: CodeRegion): boolean {
    const { start } = region;
    const isComplete = this.#isFinal || region !== this.#top;
    const { tokens, nested } = this.#read(region, isComplete);
    if (region !== this.#top && region.start < region.end) this.#nested.push(region);
    this.#nested.push(...nested.toReversed());
    if (region === this.#top && region.start > start) this.#clearOpen();
    ensureHighlightStyles(this.#text.getRootNode());
    if (hasHighlights()) this.#settled.push(...this.#paint(tokens));
    else this.#collect(tokens);
    return this.#nested.length > 0 || !this.#isFinal || (this.#top?.start ?? 0) < (this.#top?.end ?? 0);
  }

  #read(region: CodeRegion, isComplete = true): ReturnType<typeof readNext> {
    const { data } = this.#text;
    const { tokens, nested } = readNext(data, region, isComplete);
    return { tokens: tokens.filter(({ start }) => this.#columnOf(start, data) < maxLineChars), nested };
  }

  /** @returns how far a position is into its line. The line is remembered: the next position is usually in it, too. */
  #columnOf(position: number, data: string): number {
    if (position < this.#lineStart || position > this.#lineEnd) {
      this.#lineStart = data.lastIndexOf("\n", position - 1) + 1;
      const end = data.indexOf("\n", position);
      this.#lineEnd = end === -1 ? data.length - 1 : end;
    }
    return position - this.#lineStart;
  }

  /** Without the Highlight API, the tokens are shown once all are known. */
  #collect(tokens: readonly CodeToken[]): void {
    this.#tokens.push(...tokens);
    const isRead = this.#nested.length === 0 && this.#top?.start === this.#top?.end;
    if (isRead && this.#text.length <= maxWrappedChars) wrapTokens(this.#text, this.#tokens);
  }

  #paintOpen({ grammar, start, end }: CodeRegion): void {
    this.#clearOpen();
    this.#paintedTo = end;
    ensureHighlightStyles(this.#text.getRootNode());
    const regions = [codeRegion(grammar, start, end)];
    for (let region = regions.pop(); region; region = regions.pop()) {
      while (region.start < region.end) {
        const { tokens, nested } = this.#read(region);
        regions.push(...nested);
        this.#open.push(...this.#paint(tokens));
      }
    }
  }

  #clearOpen(): void {
    for (const { name, range } of this.#open) CSS.highlights.get(name)?.delete(range);
    this.#open = [];
    this.#paintedTo = 0;
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

  #paint(tokens: readonly CodeToken[]): ColoredRange[] {
    return tokens.flatMap(({ type, start, end }) => {
      if (colors[type] === undefined) return [];
      const name = `rivulet-${colors[type]}`;
      const range = new StaticRange({
        startContainer: this.#text,
        startOffset: start,
        endContainer: this.#text,
        endOffset: end,
      });
      if (this.#isVisible) highlightNamed(name).add(range);
      return [{ name, range }];
    });
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
function wrapTokens(text: Text, unsorted: readonly CodeToken[]): void {
  const tokens = unsorted.toSorted((one, other) => one.start - other.start);
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
