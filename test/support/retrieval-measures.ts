/** How useful each relevant passage of a question is, by its id. Others are of no use. */
export type Gains = ReadonlyMap<string, number>;

/** Means over all questions, from 0 to 1. */
export interface RetrievalMeasures {
  questions: number;
  /** The share of the relevant passages that are among the first five. */
  recallAt5: number;
  /** Normalized discounted cumulative gain of the first ten. */
  ndcgAt10: number;
  /** The reciprocal rank of the first relevant passage. */
  mrr: number;
}

/** Measures what a search has found. Questions without a relevant passage are left out. */
export function measureRetrieval(runs: readonly { gains: Gains; found: readonly string[] }[]): RetrievalMeasures {
  const judged = runs.filter(({ gains }) => gains.size > 0);
  const mean = (measure: (run: (typeof runs)[number]) => number) =>
    Math.round((judged.reduce((sum, run) => sum + measure(run), 0) / judged.length) * 10_000) / 10_000;
  return {
    questions: judged.length,
    recallAt5: mean(({ gains, found }) => found.slice(0, 5).filter((id) => gains.has(id)).length / gains.size),
    ndcgAt10: mean(({ gains, found }) => {
      const best = [...gains.values()].sort((a, b) => b - a);
      return discounted(found.map((id) => gains.get(id) ?? 0)) / discounted(best);
    }),
    mrr: mean(({ gains, found }) => {
      const rank = found.findIndex((id) => gains.has(id));
      return rank === -1 ? 0 : 1 / (rank + 1);
    }),
  };
}

function discounted(gains: readonly number[]): number {
  return gains.slice(0, 10).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
}
