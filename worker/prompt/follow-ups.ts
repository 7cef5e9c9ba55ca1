import type { FollowUps } from "../assistants/assistant.ts";

/** The lines between which a model writes its follow-up questions. They hold the mark of one request. */
export interface FollowUpMarks {
  open: string;
  close: string;
}

/** @param mark the random mark of the request. None of its texts contains the mark, so no document has such a line */
export function followUpMarks(mark: string): FollowUpMarks {
  return { open: `<next-${mark}>`, close: `</next-${mark}>` };
}

/** The line by which a model suggests that a person takes over. */
export const handoverLine = "+person";

/**
 * Writes the instruction to add follow-up questions after the answer, which takes about 100 tokens. The questions are
 * removed from the answer while it streams, so the history does not contain them. Every request has the instruction.
 */
export function aboutFollowUps({ max, handover }: FollowUps, { open, close }: FollowUpMarks): string {
  const count = max === 1 ? "one short question" : `up to ${max} short questions`;
  const person = handover
    ? ` If the visitor needs a person, or asks for one, write the line ${handoverLine} there as well.`
    : "";
  return `After your answer, write ${count} that the visitor could ask you next and that you can answer, one per line, between ${open} and ${close}. Write as the visitor would, in the language of their question, without numbers and without Markdown.${person} Leave this out if nothing is worth asking. Write nothing after it, and do not mention it.`;
}
