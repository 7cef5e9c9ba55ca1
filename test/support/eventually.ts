/** How long to wait at most, in milliseconds. Generous for busy machines: the whole time passes only on a failure. */
const patienceMs = 45_000;

/**
 * The time between two tries, in milliseconds. It grows with the time already waited, because looking at a page costs
 * processor time that the page itself needs.
 */
const pauseMs = { first: 10, last: 100 };

/**
 * Repeats an assertion until it holds. It runs in Node and in the browser.
 * @param look holds if it neither throws nor returns false
 * @returns what `look` returned when it held
 * @throws after 45 s, with the last failure
 */
export async function eventually<T>(look: () => T | Promise<T>): Promise<Exclude<T, false>> {
  const start = performance.now();
  for (;;) {
    const waitedMs = performance.now() - start;
    const isLast = waitedMs > patienceMs;
    try {
      const seen = await look();
      if (seen !== false) return seen as Exclude<T, false>;
      if (isLast) throw new Error("It was false every time.");
    } catch (error) {
      if (isLast)
        throw new Error(`Did not hold within ${patienceMs / 1000} s: ${look.toString()}\n${String(error)}`, {
          cause: error,
        });
    }
    const nextMs = Math.min(pauseMs.last, pauseMs.first + waitedMs / 4);
    await new Promise((resolve) => setTimeout(resolve, nextMs));
  }
}
