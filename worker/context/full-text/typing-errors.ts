import { nearTerms } from "../text/near-terms.ts";
import type { Meanings } from "./meanings.ts";
import type { TextIndex, VocabularyQuery } from "./text-index.ts";

/** How many unknown words of a question are looked up, the longest first. */
const maxUnknown = 5;

/** How many terms with the same beginning, and how many with the same end, an unknown one is compared with. */
const maxCompared = 250;

/** How many of the nearest terms are used for the word of an unknown term, and how many for the term itself. */
const maxNear = 3;

/** How certain it is, from 0 to 1, that an unknown word stands for a term that differs in no, one or two letters. */
const sureness = [1, 0.85, 0.7] as const;

/** A term of a question that no document has, and the word that it was made from. */
export interface UnknownTerm {
  term: string;
  word: string;
}

/**
 * Adds the terms of the collection that unknown terms may be misspellings of. An unknown term is compared with the
 * terms that have the same first or second half, because an error is assumed to be in only one half.
 */
export async function withoutTypingErrors(
  index: TextIndex,
  meanings: Meanings,
  unknown: readonly UnknownTerm[],
): Promise<Meanings> {
  const looked = unknown.toSorted((a, b) => b.term.length - a.term.length).slice(0, maxUnknown);
  const queries = looked.flatMap(({ term }): VocabularyQuery[] => {
    const half = Math.floor(term.length / 2);
    return [
      { kind: "begins", letters: term.slice(0, half), limit: maxCompared },
      { kind: "ends", letters: term.slice(half), limit: maxCompared },
    ];
  });
  const found = await index.askVocabulary(queries);
  const near = new Map(
    looked.map(({ term, word }, at) => {
      const terms = new Set([...(found[2 * at] ?? []), ...(found[2 * at + 1] ?? [])]);
      return [term, new Map([...nearest(word, terms), ...nearest(term, terms)])];
    }),
  );
  return meanings.map((each) => {
    const [only] = each.keys();
    return new Map([...(near.get(only ?? "") ?? []), ...each]);
  });
}

/**
 * Returns only the nearest terms. If a word differs from a term in one letter, terms that differ in two are left out.
 */
function nearest(word: string, terms: ReadonlySet<string>): [string, number][] {
  // A typing error can lead to a wrong stem even if the word, exactly as typed, is a term that the documents have.
  if (terms.has(word)) return [[word, sureness[0]]];
  const near = nearTerms(word, terms);
  const best = near.filter(({ distance }) => distance === near[0]?.distance).slice(0, maxNear);
  return best.map(({ term, distance }) => [term, sureness[distance] ?? 0]);
}
