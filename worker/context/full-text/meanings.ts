import { isCommonWord } from "../text/common-words.ts";
import { minChunks, rarity, type WantedTerm } from "./rank.ts";

/** The things that a question asks for: the terms that may stand for each, and how sure that is, from 0 to 1. */
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
 * Weighs what a question asks for by how rare it is. Terms that no document has lose their meanings and weigh most: the
 * question is about something else. Words that are common in the language weigh little even then, because a small
 * collection may lack them by chance.
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
