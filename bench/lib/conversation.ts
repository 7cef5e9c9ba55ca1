import { benchText } from "./text.ts";

/** A question or an answer of a long conversation. */
export interface BenchMessage {
  id: string;
  role: "user" | "assistant";
  content: string;
}

/** What the last answer ends with. */
export const lastWords = "theend";

/**
 * A conversation of several hundred messages: short questions, and answers with headings, lists, code and tables.
 * @param count how many messages it has
 */
export function benchConversation(count: number): BenchMessage[] {
  const source = benchText((count / 2) * answerChars).text;
  return Array.from({ length: count }, (_, index) => {
    const id = `m${index}`;
    if (index % 2 === 0) return { id, role: "user", content: `Question ${index / 2}: and what comes after that?` };
    const from = ((index - 1) / 2) * answerChars;
    const start = source.indexOf("\n\n", from) + 2; // where a block begins
    const end = index === count - 1 ? ` ${lastWords}` : "";
    return { id, role: "assistant", content: source.slice(start, from + answerChars + 200) + end };
  });
}

/** The approximate length of an answer with a table and some code, in characters. */
const answerChars = 900;
