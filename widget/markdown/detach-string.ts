/** Strings with more characters are returned as they are: copying them with each delta would cost more and more. */
const maxCopiedChars = 2_000;

/**
 * Copies a slice of a string. Engines keep a slice as a reference to the whole string, so slices of a growing text
 * would keep each of its states in memory.
 */
export function detachString(slice: string): string {
  if (slice.length > maxCopiedChars) return slice;
  const copy: unknown = JSON.parse(JSON.stringify(slice));
  return typeof copy === "string" ? copy : slice;
}
