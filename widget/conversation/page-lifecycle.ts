/**
 * Waits, but no longer than until the network or the page comes back.
 * @param signal rejects it with its reason
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController();
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    waiting.signal.addEventListener("abort", () => clearTimeout(timer));
    onPageActive(resolve, waiting.signal);
    signal.addEventListener("abort", () => reject(signal.reason), { signal: waiting.signal });
  }).finally(() => waiting.abort());
}

/** Calls whenever the network or the page comes back: a tab that is looked at again, or a page out of the cache. */
export function onPageActive(call: () => void, signal: AbortSignal): void {
  addEventListener("online", call, { signal });
  onPageRestored(call, signal);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && call(), { signal });
}

/** Calls when the page comes out of the back/forward cache. */
export function onPageRestored(call: () => void, signal: AbortSignal): void {
  addEventListener("pageshow", ({ persisted }) => persisted && call(), { signal });
}

/** Calls when the page goes away: an open connection would keep it out of the back/forward cache. */
export function onPageHide(call: () => void, signal: AbortSignal): void {
  addEventListener("pagehide", call, { signal });
}
