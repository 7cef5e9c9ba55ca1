/** Invalid values that were reported on the console. */
const reported = new Set<string>();

/** Reports an invalid value of a property to the site's developer, once. */
export function reportChoice(name: PropertyKey, value: unknown, choices: readonly string[]): void {
  const found = `${String(name)}="${String(value)}"`;
  if (reported.has(found)) return;
  reported.add(found);
  console.error(`Rivulet Chat: ${found} is invalid. Valid values are ${choices.join(", ")}.`);
}
