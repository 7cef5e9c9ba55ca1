/** A term that a mistyped one may stand for. */
export interface NearTerm {
  term: string;
  /** How many letters were added, left out, replaced or swapped with their neighbor. */
  distance: number;
}

/**
 * Matches a term that is a word. Pairs of characters, numbers and product codes do not match, because a similar one
 * means something else.
 */
const word = /^[[\p{L}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}ー]]{3,}$/v;

/**
 * Finds the terms of a collection that a question's term may be a misspelling of. A term of 4 to 7 letters may have one
 * error, and a longer term may have two.
 *
 * @param term as `analyze` returns it
 * @param candidates terms of the collection, e.g. those with the same first or second half as `term`
 * @returns the nearest first; at the same distance, terms with the same first letter first, because errors in the first
 *   letter are rare
 */
export function nearTerms(term: string, candidates: Iterable<string>): NearTerm[] {
  if (!word.test(term) || term.length < 4) return [];
  const maxDistance = term.length < 8 ? 1 : 2;
  const near: NearTerm[] = [];
  for (const candidate of candidates) {
    if (candidate === term || Math.abs(candidate.length - term.length) > maxDistance || !word.test(candidate)) continue;
    const distance = editDistance(term, candidate, maxDistance);
    if (distance <= maxDistance) near.push({ term: candidate, distance });
  }
  const rank = ({ term: { 0: first }, distance }: NearTerm): number => distance * 2 + (first === term[0] ? 0 : 1);
  return near.toSorted((one, other) => rank(one) - rank(other) || (one.term < other.term ? -1 : 1));
}

/**
 * Damerau-Levenshtein distance in its restricted form ("optimal string alignment"): no letter is changed twice.
 *
 * @returns any number above `max` if the distance is above it
 */
function editDistance(one: string, other: string, max: number): number {
  const [source, target] = withoutSharedEnds(one, other);
  let beforeLast: number[] = [];
  let last = Array.from({ length: target.length + 1 }, (_, column) => column);
  for (let row = 1; row <= source.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= target.length; column += 1) {
      const isSame = source[row - 1] === target[column - 1];
      const isSwapped = row > 1 && source[row - 1] === target[column - 2] && source[row - 2] === target[column - 1];
      const changed = Math.min(at(last, column), at(current, column - 1)) + 1;
      const replaced = at(last, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwapped ? at(beforeLast, column - 2) + 1 : Infinity;
      current.push(Math.min(changed, replaced, swapped));
    }
    if (Math.min(...current) > max) return max + 1;
    [beforeLast, last] = [last, current];
  }
  return at(last, target.length);
}

/**
 * Removes the letters that two terms share at their beginnings and ends. They need no comparison, and most candidates
 * differ in only a few letters between them.
 */
function withoutSharedEnds(one: string, other: string): [string, string] {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
