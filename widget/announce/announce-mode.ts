import { readChoice } from "../view/choice.ts";

/**
 * How much of an answer is announced: each sentence as it is written, the whole answer at its end, or only that it is
 * ready.
 */
export type AnnounceMode = "sentences" | "answer" | "off";

/** Reads the property. */
export function readAnnounceMode(value: string): AnnounceMode {
  return readChoice("announce", value, ["sentences", "answer", "off"], "sentences");
}
