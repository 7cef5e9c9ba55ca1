import { taskOf } from "../markdown/block.ts";
import { withLineFeeds } from "../markdown/growing-text.ts";
import type { Inline } from "../markdown/inline.ts";
import { InlineParser } from "../markdown/inline-parser.ts";
import type { AnnouncementStrings } from "../strings/strings.ts";
import { LeafReader } from "./leaf-reader.ts";
import type { Leaf } from "./leaf-reader.ts";
import { firstSentence } from "./sentences.ts";
import { blockPrefix, blockSummary, spokenText } from "./spoken-text.ts";

/** So much of a long paragraph is looked at in one go, in characters: then no call takes long, however much there is. */
const windowChars = 4_000;

/** What is still undecided after so much, in characters, is read as it stands. */
const maxWindowChars = 16_000;

/** So many sentences are read in one call at the most, most of them only to be passed over. */
const sentencesACall = 100;

/** Text without marks and addresses, up to the beginning of the last sentence in a script without spaces: nothing can change it. */
const unspacedSentences = /^[^\\`*_~[\]!<&$|/\n]*[。！？][^\\`*_~[\]!<&$|/\n。！？」』）]/;

/** What makes a voice pause, in every script. */
const stop = /[\p{Term}…][\p{Pe}\p{Pf}"']*$/u;

/** What is known of an answer before it is read. */
export interface ReadingStart {
  /** BCP 47 tag of the visitor's language. */
  lang: string;
  strings: AnnouncementStrings;
  /** So much was said already, in characters of what {@link AnswerReader.next} gave. */
  spokenChars?: number;
  /** So much of the source was there before; the sentences in it that are whole are passed over. */
  passedChars?: number;
}

/** Puts a growing answer into words for the ear: sentence by sentence, each once, without marks. */
export class AnswerReader {
  readonly #lang: string;
  readonly #strings: AnnouncementStrings;
  #leaves = new LeafReader();
  /** How far the current leaf has been put into words. */
  #at = 0;
  #window = windowChars;
  #isLeafRead = true;
  /** What stands before the next sentence, and is no part of it. */
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

  /** How much was said, in characters. */
  get spokenChars(): number {
    return this.#spokenChars;
  }

  /**
   * What can be said next.
   * @param source all of the answer so far
   * @param isFinal nothing will follow
   * @param chars about so much of it, in whole sentences
   * @returns undefined where nothing is certain yet, or all was said; empty where the call would have taken too long
   */
  next(source: string, isFinal: boolean, chars: number): string | undefined {
    this.#take(source, isFinal);
    let words = "";
    for (let left = sentencesACall; left > 0 && words.length < chars; left -= 1) {
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
    this.#leaves = new LeafReader(); // the ending may bring another text
    this.#leaves.update(text, isFinal);
    this.#finishLeaf();
    this.#words = "";
    this.#skipChars = this.#spokenChars;
    this.#spokenChars = 0;
  }

  /** A sentence, unless it was said before. */
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

  /** Puts more of the text into words. @returns false where nothing more of it is certain */
  #readOn(): boolean {
    const leaf = this.#leaves.current;
    if (!leaf) return false;
    const { block } = leaf;
    if (this.#isLeafRead) {
      this.#isLeafRead = false;
      this.#lead = "";
    }
    if (block && this.#at === 0) this.#lead = blockPrefix(block, this.#strings);
    const summary = block && blockSummary(block, this.#strings);
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

  /** A list item without a full stop would run into the next one. */
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
