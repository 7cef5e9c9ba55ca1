import { compoundParts, splitCompound, writesCompounds } from "../text/compounds.ts";
import { literalMeanings, type Meanings } from "./meanings.ts";
import type { TextIndex, VocabularyQuery } from "./text-index.ts";

/** How many terms of a question are looked up, the longest first. */
const maxTerms = 8;

/** How many compounds that begin with a term are used, and how many that end with it. */
const maxCompounds = 12;

/**
 * The shortest term whose compounds are looked up. Shorter terms are part of too many others. A term can be shorter
 * than its word: the term of `Zins` is `zin`.
 */
const minWordLength = 3;

/**
 * How certain it is, from 0 to 1, that a compound with one word of a question is about that word. A compound with two
 * of the question's words counts as certain.
 */
const sureness = 0.6;

/**
 * Finds what terms mean in languages that write compounds as one word: a compound means its words, and a word means the
 * compounds that begin or end with it, as far as the assistant's collection has them. In other languages, each term
 * means only itself.
 */
export async function compoundMeanings(
  index: TextIndex,
  language: string,
  terms: readonly string[],
): Promise<Meanings> {
  if (!writesCompounds(language)) return literalMeanings(terms);
  const looked = terms.toSorted((a, b) => b.length - a.length).slice(0, maxTerms);
  const words = looked.filter((term) => term.length >= minWordLength);
  const queries: VocabularyQuery[] = [
    { kind: "known", terms: looked.flatMap((term) => compoundParts(term, language)) },
    ...words.flatMap((letters): VocabularyQuery[] => [
      { kind: "begins", letters, limit: maxCompounds },
      { kind: "ends", letters, limit: maxCompounds },
    ]),
  ];
  const [known = [], ...sides] = await index.askVocabulary(queries);
  const knownParts = new Set(known);
  const compounds = new Map(words.map((word, at) => [word, [...(sides[2 * at] ?? []), ...(sides[2 * at + 1] ?? [])]]));
  return terms.flatMap((term) => {
    const parts = looked.includes(term) ? splitCompound(term, (part) => knownParts.has(part), language) : [];
    if (parts.length > 0) return parts.map((part) => bothOf(part, term));
    const holding = (compounds.get(term) ?? []).map((compound): [string, number] => {
      const holdsAnother = terms.some((other) => other !== term && compound.includes(other));
      return [compound, holdsAnother ? 1 : sureness];
    });
    return [new Map([...holding, [term, 1]])];
  });
}

function bothOf(part: string, compound: string): ReadonlyMap<string, number> {
  return new Map([
    [part, 1],
    [compound, 1],
  ]);
}
