/** Time for the upstream to end by itself after its end marker, in milliseconds. More would delay the next turn. */
const graceMs = 100;

/**
 * Reads a stream to its end after its end marker, so that the connection can serve the next request; the caller then
 * aborts what did not end in a moment.
 */
export async function drain(iterator: AsyncIterator<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, graceMs, "late");
  });
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), timeout]);
      if (next === "late" || next.done === true) return;
    }
  } catch {
    return; // the answer is whole: how its connection ends is of no matter
  } finally {
    clearTimeout(timer);
  }
}
