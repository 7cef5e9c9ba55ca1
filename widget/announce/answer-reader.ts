import { taskOf } from "../markdown/block.ts";
import { withLineFeeds } from "../markdown/growing-text.ts";
import type { Inline } from "../markdown/inline.ts";
import { InlineParser } from "../markdown/inline-parser.ts";
import type { AnnouncementStrings } from "../strings/strings.ts";
import { LeafReader } from "./leaf-reader.ts";
import type { Leaf } from "./leaf-reader.ts";
import { firstSentence } from "./sentences.ts";
import { blockPrefix, blockSummary, spokenText } from "./spoken-text.ts";

/** How much of a long paragraph is parsed at a time, in characters. It limits the time of each call. */
const windowChars = 4_000;

/** When the window reaches this length, in characters, its text is parsed as if no more followed. */
const maxWindowChars = 16_000;

/** The maximum number of sentences that one call reads. Most of them are skipped after a reload. */
const maxSentencesPerCall = 100;

/**
 * Text in a script without spaces that contains no markup and no URLs, up to the start of the last sentence. No later
 * text can change it.
 */
const unspacedSentences = /^[^\\`*_~[\]!<&$|/\n]*[。！？][^\\`*_~[\]!<&$|/\n。！？」』）]/;

/** Characters that make a voice pause, in every script. */
const stop = /[\p{Term}…][\p{Pe}\p{Pf}"']*$/u;

/** What is known about an answer before it is read. */
export interface ReadingStart {
  /** BCP 47 tag of the visitor's language. */
  lang: string;
  strings: AnnouncementStrings;
  /** How much was announced already, in characters returned by {@link AnswerReader.next}. */
  spokenChars?: number;
  /** Length of the source that was there before reading began. Complete sentences in it are skipped. */
  passedChars?: number;
}

/** Turns a growing answer into speech text: sentence by sentence, each once, without markup. */
export class AnswerReader {
  readonly #lang: string;
  readonly #strings: AnnouncementStrings;
  #leaves = new LeafReader();
  /** How much of the current leaf has been read. */
  #at = 0;
  #window = windowChars;
  #isLeafRead = true;
  /** The prefix of the next sentence, such as a list number. */
  #lead = "";
  #words = "";
  #spokenChars = 0;
  #skipChars: number;
  #passedChars: number;

  constructor({ lang, strings, spokenChars = 0, passedChars = 0 }: ReadingStart) {
    this.#lang = lang;
    this.#strings = strings;
    this.#skipChars = spokenChars;
    this.#passedChars = passedChars;
  }

  /** Number of characters announced so far. */
  get spokenChars(): number {
    return this.#spokenChars;
  }

  /**
   * Returns the next text to announce.
   * @param source the answer so far
   * @param isFinal no more text follows
   * @param chars approximate length, in whole sentences
   * @returns undefined if nothing is certain yet or everything was read; an empty string if the call would have taken
   * too long
   */
  next(source: string, isFinal: boolean, chars: number): string | undefined {
    this.#take(source, isFinal);
    let words = "";
    for (let left = maxSentencesPerCall; left > 0 && words.length < chars; left -= 1) {
      const sentence = this.#nextSentence();
      if (sentence !== undefined) words = join(words, this.#pass(sentence));
      else if (this.#passedChars === 0) return words === "" ? undefined : words;
      else {
        this.#passedChars = 0;
        this.#take(source, isFinal);
      }
    }
    return words;
  }

  #take(source: string, isFinal: boolean): void {
    const isPassing = this.#passedChars > 0;
    const text = withLineFeeds(isPassing ? source.slice(0, this.#passedChars) : source);
    if (this.#leaves.update(text, isFinal && !isPassing)) return;
    this.#leaves = new LeafReader(); // the end of the answer may have replaced its text
    this.#leaves.update(text, isFinal);
    this.#finishLeaf();
    this.#words = "";
    this.#skipChars = this.#spokenChars;
    this.#spokenChars = 0;
  }

  /** Returns a sentence, or an empty string if it was announced before. */
  #pass(sentence: string): string {
    const isSaid = this.#skipChars > this.#spokenChars || this.#passedChars > 0;
    this.#spokenChars += sentence.length;
    return isSaid ? "" : sentence;
  }

  #nextSentence(): string | undefined {
    for (;;) {
      const end = firstSentence(this.#words, this.#isLeafRead, this.#lang);
      const sentence = this.#words.slice(0, end).trim();
      this.#words = this.#words.slice(end);
      if (sentence !== "") return this.#withLead(sentence);
      if (end === 0 && !this.#readOn()) return undefined;
    }
  }

  #withLead(sentence: string): string {
    const led = join(this.#lead, sentence);
    this.#lead = "";
    return led;
  }

  /** Reads more of the text. @returns false if no more of it is certain */
  #readOn(): boolean {
    const leaf = this.#leaves.current;
    if (!leaf) return false;
    const { block } = leaf;
    if (this.#isLeafRead) {
      this.#isLeafRead = false;
      this.#lead = "";
    }
    if (block && this.#at === 0) this.#lead = blockPrefix(block, this.#strings);
    const summary = block && blockSummary(block, this.#strings, this.#lang);
    if (summary === undefined) return this.#readText(leaf);
    this.#words = summary;
    this.#finishLeaf();
    this.#leaves.advance();
    return true;
  }

  #readText({ block, text, isWhole }: Leaf): boolean {
    const { definitions } = this.#leaves;
    const start = Math.max(this.#at, (block && taskOf(block)?.length) ?? 0);
    const end = start + this.#window;
    const isLast = isWhole && end >= text.length;
    const isGrowing = !isLast && this.#window < maxWindowChars;
    const { nodes, settled } = new InlineParser(text.slice(0, end), start, "", { definitions, isGrowing }).parse();
    const unspaced = unspacedSentences.exec(text.slice(start, end))?.[0] ?? "";
    if (isLast) {
      this.#add(nodes);
      this.#finishLeaf();
      this.#leaves.advance();
    } else if (!isGrowing) {
      this.#add(nodes);
      this.#at = end;
      this.#window = windowChars;
    } else if (settled && settled.end > start) {
      this.#add(settled.pieces);
      this.#at = settled.end;
    } else if (unspaced !== "") {
      this.#add([unspaced]);
      this.#at = start + unspaced.length;
    } else {
      this.#window *= isWhole ? 2 : 1;
      return isWhole;
    }
    return true;
  }

  #add(nodes: readonly Inline[]): void {
    this.#words += spokenText(nodes, this.#strings).replace(/\s+/g, " ");
  }

  /** Adds a period to text without closing punctuation, so that the voice pauses. */
  #finishLeaf(): void {
    const words = this.#words.trimEnd();
    this.#words = words === "" || stop.test(words) ? words : `${words}.`;
    this.#at = 0;
    this.#window = windowChars;
    this.#isLeafRead = true;
  }
}

function join(before: string, after: string): string {
  return before !== "" && after !== "" ? `${before} ${after}` : before + after;
}
