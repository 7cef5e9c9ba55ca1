/** Ends a timer before it fires; afterwards it does nothing. */
export type Cancel = () => void;

/** Calls back once after so many milliseconds. */
export function after(waitMs: number, callback: () => void): Cancel {
  const timer = setTimeout(callback, waitMs);
  return () => clearTimeout(timer);
}
