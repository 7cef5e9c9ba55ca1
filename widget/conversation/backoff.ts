/** The first delay, in milliseconds. The worker's `retry:` line has the same value. */
const firstMs = 1_000;

/** The longest delay, in milliseconds. The client may notice this much later that the worker is back. */
const longestMs = 15_000;

/**
 * The delay before the next retry. It doubles with each attempt, with a random factor between a half and one, so that a
 * thousand pages do not all reconnect at the same moment.
 * @param attempt number of failed attempts, from 0
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random = Math.random()): number {
  return Math.min(longestMs, firstMs * 2 ** attempt) * (0.5 + random / 2);
}
