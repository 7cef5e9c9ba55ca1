import { rarity, type WantedTerm } from "./rank.ts";
import type { RelatedTerms } from "./related-terms.ts";

/** How sure it is that a passage about a compound is about one of its words. */
const compoundSureness = 0.6;

/** What a question asks for, before it is known how rare that is: the terms that say each thing, with how sure that is. */
export type Meanings = ReadonlyMap<string, number>;

/** Each term of a question means itself. */
export function literalMeanings(terms: readonly string[]): Meanings[] {
  return terms.map((term) => new Map([[term, 1]]));
}

/**
 * Adds what the terms of a question may also mean: a compound means its words, a word the compounds with it, and a word that
 * no document has those that it may be an error of.
 */
export function relatedMeanings(
  related: ReadonlyMap<string, RelatedTerms>,
  known: (term: string) => boolean,
): Meanings[] {
  const words = [...related].flatMap(([term, { parts, near }]): [string, Map<string, number>][] => {
    if (parts.length === 0 || (!known(term) && hasSureError(near))) return [[term, new Map([...near, [term, 1]])]];
    const either = parts.map((part): [string, number][] => [
      [part, 1],
      [term, 1],
    ]);
    return parts.map((part, at) => [part, new Map(either[at])]);
  });
  const asked = new Set(words.map(([word]) => word));
  for (const [word, meanings] of words) {
    for (const compound of related.get(word)?.compounds ?? []) {
      const holdsAnother = [...asked].some((other) => other !== word && compound.includes(other));
      meanings.set(compound, Math.max(meanings.get(compound) ?? 0, holdsAnother ? 1 : compoundSureness));
    }
  }
  return words.map(([, meanings]) => meanings);
}

/** Weighs what is wanted by how rare it is. */
export function weigh(meanings: readonly Meanings[], frequencies: ReadonlyMap<string, number>): WantedTerm[] {
  const all = frequencies.get("") ?? 0;
  return meanings.map((each) => {
    const found = [...each].filter(([term]) => frequencies.has(term));
    const sure = Math.max(0, ...found.map(([, sureness]) => sureness));
    const most = Math.max(0, ...found.filter(([, sureness]) => sureness === sure).map(([term]) => frequencies.get(term) ?? 0));
    return { weight: rarity(most, all), meanings: new Map(found) };
  });
}

function hasSureError(near: ReadonlyMap<string, number>): boolean {
  return [...near.values()].some((sureness) => sureness >= 0.85);
}
