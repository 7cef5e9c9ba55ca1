/** The median, the 95th percentile and the worst of some measurements, rounded. */
export interface Spread {
  median: number;
  p95: number;
  worst: number;
}

/** Summarizes measurements. @throws Error if there are none */
export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  if (sorted.length === 0) throw new Error("Nothing was measured.");
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

/** Runs a job for each number below `count`, at most `atOnce` of them at the same time. */
export async function pool<T>(count: number, atOnce: number, job: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await job(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work));
  return results;
}
