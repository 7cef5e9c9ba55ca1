/** The larger this constant, the smaller the lead of the first places over later ones. The method's authors use 60. */
const smoothing = 60;

/** An item that is in at least one ranking. */
export interface Fused<Item> {
  item: Item;
  /** From 0 to 1; 1 means that the item is first in every ranking. */
  score: number;
}

/**
 * Combines several rankings into one by reciprocal rank fusion, which works even if their scores cannot be compared.
 * The item at place n of a ranking gets 1 / (60 + n) from it. The sum for each item is scaled to be at most 1.
 * @param rankings each with its best item first. Items with the same key count as one; the first of them is returned
 * @see https://dl.acm.org/doi/10.1145/1571941.1572114
 */
export function fuseRankings<Item>(
  rankings: readonly (readonly Item[])[],
  keyOf: (item: Item) => string,
): Fused<Item>[] {
  const fused = new Map<string, Fused<Item>>();
  const best = rankings.length / (smoothing + 1);
  for (const ranking of rankings) {
    for (const [at, item] of ranking.entries()) {
      const known = fused.get(keyOf(item)) ?? { item, score: 0 };
      known.score += 1 / (smoothing + at + 1) / best;
      fused.set(keyOf(item), known);
    }
  }
  return [...fused.values()].sort((a, b) => b.score - a.score);
}
