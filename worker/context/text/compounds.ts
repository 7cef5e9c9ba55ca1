import { primarySubtag, stemOf } from "./languages.ts";

/** Letters that may join two words of a compound: `Versicherung-s-nummer`, `Straße-n-lampe`. */
const links: Readonly<Record<string, readonly string[]>> = {
  da: ["", "s", "e", "er"],
  de: ["", "s", "n", "en", "es", "er", "e", "ns", "ens"],
  nl: ["", "s", "en", "e", "er"],
  no: ["", "s", "e", "er"],
  sv: ["", "s", "e", "o", "a"],
};

/** Other languages write compounds with spaces, which get lost in typing: `timetracking`. */
const noLinks = [""];

/** Shorter parts are mostly endings and prefixes. */
const minPartLength = 3;
const minLength = 7;
/** Longer terms are not split. A term of this length has fewer than 700 possible parts. */
const maxLength = 40;

/**
 * All terms that may be parts of a compound. They are looked up in a collection's vocabulary, all at once, before
 * `splitCompound` is called.
 *
 * @param term as `analyze` returns it
 * @returns an empty list if the term is too short or too long to be split, or is not in Latin script
 */
export function compoundParts(term: string, language: string): string[] {
  const ends = partEnds(term);
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
 * @param isKnown whether the collection has a term; called only with terms that `compoundParts` returns
 * @returns the parts in their order, as few as possible; an empty list if the term cannot be split
 */
export function splitCompound(term: string, isKnown: (term: string) => boolean, language: string): string[] {
  const ends = partEnds(term);
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

/** The places where a part may start or end; none if the term cannot be split. */
function partEnds(term: string): number[] {
  const isPossible = term.length >= minLength && term.length <= maxLength && /^\p{sc=Latin}+$/u.test(term);
  if (!isPossible) return [];
  const inner = Array.from({ length: term.length - 2 * minPartLength + 1 }, (_, at) => at + minPartLength);
  return [0, ...inner, term.length];
}

/**
 * The terms that a part may stand for. Unless the part is the last one, they include the part without letters that may
 * link it to the next part.
 */
function partTerms(term: string, start: number, end: number, language: string): string[] {
  const part = term.slice(start, end);
  const subtag = primarySubtag(language);
  if (end === term.length) return [part, stemOf(part, subtag)];
  return (links[subtag] ?? noLinks).flatMap((link) => {
    const word = part.slice(0, part.length - link.length);
    return part.endsWith(link) && word.length >= minPartLength ? [word, stemOf(word, subtag)] : [];
  });
}

/** Whether a language writes compounds as one word. */
export function writesCompounds(language: string): boolean {
  return primarySubtag(language) in links;
}
