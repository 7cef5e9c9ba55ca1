/** The first wait, in milliseconds: the worker says the same in its streams' `retry:` line. */
const firstMs = 1_000;

/** The longest wait, in milliseconds: so late, at the most, it is noticed that the worker is back. */
const longestMs = 15_000;

/**
 * How long to wait before the next try: twice as long each time, and between half and all of that, so that a thousand
 * pages whose worker was away do not all come back in the same moment.
 * @param attempt counts the tries that failed, from 0
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random = Math.random()): number {
  return Math.min(longestMs, firstMs * 2 ** attempt) * (0.5 + random / 2);
}
