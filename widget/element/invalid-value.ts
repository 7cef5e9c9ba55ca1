/** Describes the valid values of attributes that have no fixed choices and are not lengths. */
const examples: Record<string, string> = {
  layer: "an integer, as in 9000",
  "accent-color": "a CSS color, as in #7a1f5c or rebeccapurple",
};

/** Invalid values that were reported on the console. */
const reported = new Set<string>();

/**
 * Reports an invalid value of a property to the site's developer, once.
 * @param choices the valid values, the first of which is used instead; undefined if there are no fixed choices
 */
export function reportInvalid(property: string, value: string, choices?: readonly string[]): void {
  const name = property.replaceAll(/[A-Z]/g, "-$&").toLowerCase();
  const found = `${name}="${value}"`;
  if (reported.has(found)) return;
  reported.add(found);
  console.error(`Rivulet Chat: ${found} is invalid. ${describe(name, choices)}`);
}

function describe(name: string, choices?: readonly string[]): string {
  if (choices) return `Valid values are ${choices.join(", ")}. The chat uses ${choices[0]}.`;
  const valid = examples[name] ?? "a CSS length of 0 or more with its unit, as in 80px";
  return `Write ${valid}. Until then --rivulet-${name.replace("-color", "")} applies.`;
}
