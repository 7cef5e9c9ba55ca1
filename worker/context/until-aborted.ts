/** Settles as the promise does, or rejects with the signal's reason as soon as the signal is aborted. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const ended = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const fail = () => reject(signal.reason as unknown);
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail, { signal: ended.signal });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    ended.abort();
  }
}
