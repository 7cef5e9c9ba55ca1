import { primarySubtag, stemOf } from "./languages.ts";

/** Letters that may join two words of a compound: `Versicherung-s-nummer`, `Straße-n-lampe`. */
const links: Readonly<Record<string, readonly string[]>> = {
  da: ["", "s", "e", "er"],
  de: ["", "s", "n", "en", "es", "er", "e", "ns", "ens"],
  nl: ["", "s", "en", "e", "er"],
  no: ["", "s", "e", "er"],
  sv: ["", "s", "e", "o", "a"],
};

/** Shorter parts are mostly endings and prefixes. */
const minPartLength = 3;
const minLength = 7;
/** A term of this length has fewer than 700 parts. */
const maxLength = 40;

/**
 * All terms that may be a part of a compound, for one look-up in a collection's vocabulary before `splitCompound`.
 *
 * @param term as `analyze` returns it
 * @returns nothing for languages that write compounds with spaces, and for terms that cannot be one
 */
export function compoundParts(term: string, language: string): string[] {
  const ends = partEnds(term, language);
  const parts = ends.flatMap((start) =>
    ends.flatMap((end) => {
      const isWhole = start === 0 && end === term.length;
      return end - start < minPartLength || isWhole ? [] : partTerms(term, start, end, language);
    }),
  );
  return [...new Set(parts)];
}

/**
 * Splits a compound into terms that a collection has: `versandkost` into `versand` and `kost`.
 *
 * @param isKnown whether the collection has a term: it is asked for those of `compoundParts` only
 * @returns the parts in their order, as few and as long as possible; nothing if the term cannot be split
 */
export function splitCompound(term: string, isKnown: (term: string) => boolean, language: string): string[] {
  const ends = partEnds(term, language);
  /** The best way to split the term up to each place. */
  const best = new Map<number, readonly string[]>([[0, []]]);
  for (const end of ends.slice(1)) {
    for (const start of ends) {
      const before = best.get(start);
      if (!before || end - start < minPartLength || (start === 0 && end === term.length)) continue;
      const part = partTerms(term, start, end, language).find(isKnown);
      const known = best.get(end);
      if (part !== undefined && (!known || before.length + 1 < known.length)) best.set(end, [...before, part]);
    }
  }
  return [...(best.get(term.length) ?? [])];
}

/** Places where a part may start or end. */
function partEnds(term: string, language: string): number[] {
  const isCompound = primarySubtag(language) in links && term.length >= minLength && term.length <= maxLength;
  if (!isCompound || !/^\p{L}+$/u.test(term)) return [];
  const inner = Array.from({ length: term.length - 2 * minPartLength + 1 }, (_, at) => at + minPartLength);
  return [0, ...inner, term.length];
}

/** The terms that a part may have: the last part as it is, others without what links them to the next. */
function partTerms(term: string, start: number, end: number, language: string): string[] {
  const part = term.slice(start, end);
  if (end === term.length) return [part, stemOf(part, language)];
  const subtag = primarySubtag(language);
  return (links[subtag] ?? []).flatMap((link) => {
    const word = part.slice(0, part.length - link.length);
    return part.endsWith(link) && word.length >= minPartLength ? [word, stemOf(word, subtag)] : [];
  });
}

/** Whether a language writes compounds as one word. */
export function writesCompounds(language: string): boolean {
  return primarySubtag(language) in links;
}
