/** Invalid values that were reported on the console. */
const reported = new Set<string>();

/**
 * Reads an attribute with a few valid values. Any other value is reported to the site's developer once.
 * @param name the attribute's
 * @param value null if the page does not set it
 * @param fallback what counts instead of a missing or invalid value
 */
export function readChoice<Choice extends string>(
  name: string,
  value: string | null,
  choices: readonly Choice[],
  fallback: Choice,
): Choice {
  const choice = choices.find((known) => known === value);
  if (choice) return choice;
  const found = `${name}="${value}"`;
  if (value !== null && !reported.has(found)) {
    reported.add(found);
    console.error(`Rivulet Chat: ${found} is invalid. Valid values are ${choices.join(", ")}.`);
  }
  return fallback;
}
