import { readChoice } from "../view/choice.ts";

/**
 * How much of an answer is announced: each sentence as it is written, the whole answer at its end, or only that it is
 * ready.
 */
export type AnnounceMode = "sentences" | "answer" | "off";

/** Reads the attribute; `sentences` is the default. */
export function readAnnounceMode(value: string | null): AnnounceMode {
  return readChoice("announce", value, ["sentences", "answer", "off"], "sentences");
}
