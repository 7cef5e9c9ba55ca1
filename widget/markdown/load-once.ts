/**
 * Makes a function that loads something once, for all its callers.
 * @returns a function that rejects if loading fails, for example offline; the next call then tries again
 */
export function loadOnce(load: () => Promise<void>): () => Promise<void> {
  let loading: Promise<void> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
