/** How many names are suggested at most. Nobody would read a longer list. */
const maxNames = 3;

/**
 * Finds the known names that a misspelled name may stand for: those that differ from it in the fewest letters. They may
 * differ in at most a fifth of the name's letters, or in one letter if the name is short.
 * @returns at most three names, all equally near; empty if none is near
 */
export function nearNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const farthest = Math.max(1, Math.floor(wanted.length / 5));
  const ranked = known.map((each) => ({ each, distance: distanceBetween(wanted, each.toLowerCase()) }));
  const nearest = Math.min(farthest, ...ranked.map(({ distance }) => distance));
  return ranked
    .filter(({ distance }) => distance === nearest)
    .map(({ each }) => each)
    .slice(0, maxNames);
}

/** Writes the names as a question. @returns undefined if there are none */
export function didYouMean(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `did you mean ${names.join(" or ")}?`;
}

/**
 * How many letters must be inserted, removed or replaced to turn one text into the other.
 * @see https://en.wikipedia.org/wiki/Levenshtein_distance
 */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1];
    for (const [at, otherLetter] of [...other].entries()) {
      const replaced = (row[at] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
