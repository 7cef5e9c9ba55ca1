/** @returns what `access` returns; undefined if it throws, as browsers do where a page is denied access to something */
export function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
