/**
 * How much of an answer is announced: each sentence as it is written, the whole answer at its end, or only that it is
 * ready.
 */
export type AnnounceMode = "sentences" | "answer" | "off";

const modes: readonly AnnounceMode[] = ["sentences", "answer", "off"];

/** Invalid values that were reported on the console. */
const reported = new Set<string>();

/** Reads the property. An invalid value is reported to the site's developer once. */
export function readAnnounceMode(value: string): AnnounceMode {
  const mode = modes.find((known) => known === value);
  if (mode) return mode;
  if (!reported.has(value)) {
    reported.add(value);
    console.error(`Rivulet Chat: announce="${value}" is invalid. Valid values are ${modes.join(", ")}.`);
  }
  return "sentences";
}
