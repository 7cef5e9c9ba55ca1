// No letter has more than a few marks. Thousands on one letter cover other text and freeze the page while it is shaped.
const overrides = /[\u202A-\u202E]|(?<=\p{M}{20})\p{M}+/gu;
const controls = /[\u202A-\u202E\u2066-\u2069]|(?<=\p{M}{20})\p{M}+/gu;

/**
 * Removes the characters that override or embed a direction (Unicode Standard Annex 9): they can show `evil.example` as
 * `elpmaxe.live`. Right-to-left text needs none of them; isolates and marks, which it may need, stay. Of the combining
 * marks on one letter, the first 20 stay.
 */
export function withoutOverrides(text: string): string {
  return text.replace(overrides, "");
}

/** Removes isolates, too. They can show the parts of code in a different order, and code does not need them. */
export function withoutDirections(text: string): string {
  return text.replace(controls, "");
}
