/** How much of an answer is said: sentences while it is written, all of it at its end, or only that it is there. */
export type AnnounceMode = "sentences" | "answer" | "off";

const modes: readonly AnnounceMode[] = ["sentences", "answer", "off"];

/** Values that the console has been told of. */
const reported = new Set<string>();

/**
 * What an attribute says; `sentences` where it says nothing. The site's developer is told, once, of a value that means
 * nothing.
 */
export function readAnnounceMode(value: string | null): AnnounceMode {
  const mode = modes.find((known) => known === value);
  if (mode) return mode;
  if (value !== null && !reported.has(value)) {
    reported.add(value);
    console.error(`Rivulet Chat: announce="${value}" means nothing. It can be ${modes.join(", ")}.`);
  }
  return "sentences";
}
