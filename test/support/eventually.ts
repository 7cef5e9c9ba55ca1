/** How long something may take, in milliseconds. It only costs time where it never comes: a busy machine is not late. */
const patienceMs = 45_000;

/** From one look to the next, in milliseconds. */
const pauseMs = 10;

/**
 * Looks again and again until an assertion holds. It runs in Node and in the browser.
 * @param look holds where it neither throws nor gives false
 * @returns what it gave then
 * @throws after 45 s, with what it saw last
 */
export async function eventually<T>(look: () => T | Promise<T>): Promise<Exclude<T, false>> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const isLast = performance.now() > deadline;
    try {
      const seen = await look();
      if (seen !== false) return seen as Exclude<T, false>;
      if (isLast) throw new Error("It was false to the last.");
    } catch (error) {
      if (isLast)
        throw new Error(`Not within ${patienceMs / 1000} s: ${look.toString()}\n${String(error)}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
