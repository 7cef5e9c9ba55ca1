const { now } = Date;

/** Moves the page's clock by some milliseconds; 0 sets it right again. */
export function shiftClock(byMs: number): void {
  Date.now = () => now() + byMs;
}
