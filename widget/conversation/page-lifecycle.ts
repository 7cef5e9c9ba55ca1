/**
 * Waits for the given time, or until the network or the page becomes active.
 * @param signal ends the wait: the promise rejects with the signal's reason
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

/**
 * Calls back when the network or the page becomes active: the browser is online, the tab is visible, or the page was
 * restored from the back/forward cache.
 */
export function onPageActive(call: () => void, signal: AbortSignal): void {
  addEventListener("online", call, { signal });
  onPageRestored(call, signal);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && call(), { signal });
}

/** Calls back when the page is restored from the back/forward cache. */
export function onPageRestored(call: () => void, signal: AbortSignal): void {
  addEventListener("pageshow", ({ persisted }) => persisted && call(), { signal });
}

/**
 * Calls back when the page is unloaded or is about to enter the back/forward cache. An open connection would keep the
 * page out of that cache.
 */
export function onPageHide(call: () => void, signal: AbortSignal): void {
  addEventListener("pagehide", call, { signal });
}
