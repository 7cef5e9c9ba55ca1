/**
 * Tries to access something that the browser may deny, such as storage. Browsers throw in that case.
 * @returns what `access` returns; undefined if it throws
 */
export function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
