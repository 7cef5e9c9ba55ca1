import { isCommonWord } from "../text/common-words.ts";
import { minChunks, rarity, type WantedTerm } from "./rank.ts";

/**
 * What a question asks for, one map per thing. A map has the terms that may stand for the thing, and how certain that
 * is, from 0 to 1.
 */
export type Meanings = readonly ReadonlyMap<string, number>[];

/** Each term of a question means itself. */
export function literalMeanings(terms: readonly string[]): Meanings {
  return terms.map((term) => new Map([[term, 1]]));
}

/** All terms that are to be searched, each once. */
export function termsOf(meanings: Meanings): string[] {
  return [...new Set(meanings.flatMap((each) => [...each.keys()]))];
}

/** A common word counts as being in at least this share of the passages, as it would be in a large collection. */
const shareOfCommonWord = 0.08;

/**
 * Weighs each thing that a question asks for by how rare it is. A meaning that no document contains is left out. A
 * thing without any meaning left weighs most, because the question is then about something that the documents lack. A
 * word that is common in the language weighs little even then, because a small collection may lack it by chance.
 */
export function weigh(meanings: Meanings, frequencies: ReadonlyMap<string, number>, language: string): WantedTerm[] {
  const all = frequencies.get("") ?? 0;
  return meanings.map((each) => {
    const found = [...each].filter(([term]) => frequencies.has(term));
    const surest = Math.max(0, ...found.map(([, sureness]) => sureness));
    const counts = found.map(([term, sureness]) => (sureness === surest ? (frequencies.get(term) ?? 0) : 0));
    const isCommon = [...each.keys()].some((term) => isCommonWord(term, language));
    const least = isCommon ? shareOfCommonWord * Math.max(minChunks, all) : 0;
    return { weight: rarity(Math.max(least, ...counts), all), meanings: new Map(found) };
  });
}
