/** @returns what the function returns; undefined if it throws, as the browser does where a page is denied something */
export function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
