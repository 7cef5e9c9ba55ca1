/** How little the first places count more than those after them. 60 is the constant of the method's authors. */
const smoothing = 60;

/** Something in at least one ranking. */
export interface Fused<Item> {
  item: Item;
  /** From 0 to 1, which is first in every ranking. */
  score: number;
}

/**
 * Makes one ranking of several whose scores cannot be compared, by reciprocal rank fusion: each ranking gives what it has
 * at place n the share 1 / (60 + n).
 * @param rankings best first. What has the same key in several is one thing; the item is that of the first
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
