/**
 * How much of an answer is announced: each sentence as it is written, the whole answer at its end, or only that it is
 * ready.
 */
export type AnnounceMode = "sentences" | "answer" | "off";
