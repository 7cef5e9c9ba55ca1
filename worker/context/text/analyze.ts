import { primarySubtag, termOfWord } from "./languages.ts";
import { normalize } from "./normalize.ts";
import { normalizeNumber, numberPattern } from "./numbers.ts";
import { cjkTerms, thaiTerms, type Stretch } from "./unspaced.ts";

/** A word in the form in which it is indexed and searched, and its place in the text. */
export interface Term {
  term: string;
  /** Where it starts in the text, in UTF-16 units. */
  start: number;
  /** The place after its last character. */
  end: number;
}

interface Piece {
  kind: "word" | "number" | "cjk" | "thai";
  text: string;
  start: number;
  end: number;
  /** The text between the previous piece and this one. */
  gap: string;
}

/** Longer words are cut to this length: only encoded data contains such words, and stemmers are slow on it. */
const maxWordLength = 64;

const cjk = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー]`;
const thai = String.raw`[\p{sc=Thai}]`;
const letters = String.raw`[\p{L}--${cjk}--${thai}][[\p{L}\p{M}]--${cjk}--${thai}]*`;
const pieces = new RegExp(
  `(?<number>${numberPattern})|(?<cjk>${cjk}+)|(?<thai>${thai}+)|(?<word>${letters}(?:['’ʼ]${letters})*)`,
  "gv",
);
const shortWord = /^\p{sc=Latin}{1,3}$/u;
const singleLetter = /^\p{sc=Latin}$/u;
const upperCase = /^\p{Lu}+$/u;
const hyphen = /^[-‐‑]$/u;
const hyphenOrNothing = /^[-‐‑_]?$/u;

/**
 * Splits a text into the terms that full-text search compares. Documents and questions are analyzed by this same
 * function, so that both have the same terms. Stop words are left out.
 *
 * Overlapping terms are different ways to write the same thing: `PV 1`, `PV-1` and `PV1` all have the terms `pv` and
 * `pv1`. In scripts without spaces between words, each pair of adjacent characters is a term.
 *
 * @param language a BCP 47 tag. Words of languages that are not among `supportedLanguages` are not stemmed.
 * @returns terms in the order in which they start
 */
export function analyze(text: string, language: string): Term[] {
  const normalized = normalize(text);
  const subtag = primarySubtag(language);
  const found = splitPieces(normalized.text);
  return found
    .flatMap((piece, at) => termsOf(piece, found[at - 1], found[at + 1], subtag))
    .map(({ term, start, end }) => ({ term, start: normalized.startOf(start), end: normalized.endOf(end) }));
}

function splitPieces(text: string): Piece[] {
  let last = 0;
  return Array.from(text.matchAll(pieces), ({ 0: piece, index, groups = {} }) => {
    const gap = text.slice(last, index);
    last = index + piece.length;
    return { kind: kindOf(groups), text: piece, start: index, end: last, gap };
  });
}

function kindOf(groups: Record<string, string | undefined>): Piece["kind"] {
  if (groups["word"] !== undefined) return "word";
  if (groups["number"] !== undefined) return "number";
  return groups["cjk"] === undefined ? "thai" : "cjk";
}

function termsOf(piece: Piece, before: Piece | undefined, after: Piece | undefined, language: string): Term[] {
  const { text, start, end } = piece;
  switch (piece.kind) {
    case "cjk":
      return cjkTerms(text, language).map((stretch) => moved(stretch, start));
    case "thai":
      return thaiTerms(text).map((stretch) => moved(stretch, start));
    case "number":
    case "word": {
      const joined = after && joinedTerm(piece, after, language);
      const terms = joined === undefined ? [] : [{ term: joined, start, end: after?.end ?? end }];
      const isJoined = joined !== undefined || (before && joinedTerm(before, piece, language) !== undefined);
      const own = isJoined && isOnlyPart(piece, before) ? undefined : ownTerm(piece, language);
      return own === undefined ? terms : [...terms, { term: own, start, end }];
    }
  }
}

function moved({ text, start, end }: Stretch, by: number): Term {
  return { term: text, start: start + by, end: end + by };
}

/**
 * Whether a part of a product code means nothing on its own: a single letter, or a number without a dot after one or
 * two letters.
 */
function isOnlyPart(piece: Piece, before: Piece | undefined): boolean {
  if (piece.kind === "word") return singleLetter.test(piece.text);
  return before?.kind === "word" && before.text.length <= 2 && !piece.text.includes(".");
}

function ownTerm({ kind, text }: Piece, language: string): string | undefined {
  if (kind === "number") return normalizeNumber(text).slice(0, maxWordLength);
  return termOfWord(text.slice(0, maxWordLength), language);
}

/** The joined term of two pieces that can also be written as one, or undefined if they are separate things. */
function joinedTerm(first: Piece, second: Piece, language: string): string | undefined {
  if (first.kind === "word" && second.kind === "word") return hyphenedTerm(first, second, language);
  const isCode =
    first.kind === "word" && second.kind === "number"
      ? shortWord.test(first.text) && isJoint(first, second, first.text, language)
      : first.kind === "number" &&
        second.kind === "word" &&
        singleLetter.test(second.text) &&
        isJoint(first, second, second.text, language);
  return isCode ? codePart(first) + codePart(second) : undefined;
}

/** The term of a word that can be written with or without its hyphen, such as `E-Mail` or `check-in`. */
function hyphenedTerm(first: Piece, second: Piece, language: string): string | undefined {
  if (!hyphen.test(second.gap)) return undefined;
  const hasPrefix = [first, second].some(({ text }) => text.length <= 2 || termOfWord(text, language) === undefined);
  return hasPrefix ? termOfWord((first.text + second.text).slice(0, maxWordLength), language) : undefined;
}

/** Whether letters and digits belong to one product code: `E21`, `e-21`, `E 21`, but not `um 9`. */
function isJoint(first: Piece, { gap }: Piece, word: string, language: string): boolean {
  if (gap !== " ") return hyphenOrNothing.test(gap);
  const isAttachedBefore = first.gap === "" && first.start > 0; // the GB of "10GB 3"
  const isPreposition = !upperCase.test(word) && termOfWord(word, language) === undefined;
  return !isAttachedBefore && !isPreposition;
}

function codePart({ kind, text }: Piece): string {
  return kind === "number" ? normalizeNumber(text).slice(0, maxWordLength) : text.toLowerCase();
}
