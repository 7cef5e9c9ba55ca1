/** Why a question is kept: no passage fits it, or the visitor rated an answer to it down. */
export type GapReason = "nothing_found" | "rated_down";

/** One question that the documents do not answer, by the id of its message. */
export interface Gap {
  message: string;
  reason: GapReason;
}

/** A question as it is kept. */
export interface KeptQuestion {
  /** What the visitor typed, cut to {@link maxQuestionChars}. */
  question: string;
  /** Milliseconds since the epoch. */
  askedAt: number;
  reason: GapReason;
}

/** The D1 binding of the database that holds them, in `wrangler.toml`. */
export const gapsBinding = "DOCUMENTS";

/** The most that is kept of a question, in UTF-16 units. Longer ones say early what they are about. */
export const maxQuestionChars = 1000;

/**
 * How many questions are kept per assistant. The oldest ones make room. It bounds the table to some megabytes, and the
 * rows that one write reads.
 */
export const maxQuestions = 5000;
