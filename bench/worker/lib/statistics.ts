/** The quantile of some values, e.g. 0.5 for the median. NaN if there are none. */
export function percentile(values: Iterable<number>, part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** The middle value, or the mean of the two middle values if the number of values is even. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** Each figure's median over several runs. */
export function medians<Figures extends { [Name in keyof Figures]: number }>(runs: readonly Figures[]): Figures {
  const [first] = runs;
  if (!first) throw new Error("There is no run to take a median of.");
  const names = Object.keys(first) as (keyof Figures)[];
  const entries = names.map((name) => [name, median(runs.map((run) => run[name]))]);
  return Object.fromEntries(entries) as Figures;
}
