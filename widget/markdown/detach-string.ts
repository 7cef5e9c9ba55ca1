/** A longer line is left as it is, in characters: to copy it with each piece would cost more the longer it gets. */
const maxCopiedChars = 2_000;

/**
 * A string of its own. Engines keep a slice as a view of what it was cut from; and that would be the whole text, in each
 * of the states that it had while it grew.
 */
export function detachString(slice: string): string {
  if (slice.length > maxCopiedChars) return slice;
  const copy: unknown = JSON.parse(JSON.stringify(slice));
  return typeof copy === "string" ? copy : slice;
}
