/** Why a question is kept: no passage fits it, or the visitor rated an answer to it down. */
export type GapReason = "nothing_found" | "rated_down";

/** A question that the documents do not answer, identified by the id of its message. */
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

/** The binding in `wrangler.toml` of the D1 database that the questions are kept in. */
export const gapsBinding = "DOCUMENTS";

/** How much of a question is kept, in UTF-16 units. In longer questions, the subject usually comes early. */
export const maxQuestionChars = 1000;

/**
 * How many questions are kept per assistant; older ones are removed. The limit keeps the table at a few megabytes per
 * assistant, and bounds how many rows one write reads.
 */
export const maxQuestions = 5000;
