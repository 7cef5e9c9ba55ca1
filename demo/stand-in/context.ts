import { overlap } from "./words.ts";

/** A question, and the context that the prompt template added to it. */
export interface SplitPrompt {
  question: string;
  context?: string;
}

/** What the worker appends to an operator's template. */
const aboutMarkers = /\n\nEach passage of the context begins.*$/s;

/** Splits a prompt into its context, between two lines with a mark, and the question after it. */
export function splitPrompt(prompt: string): SplitPrompt {
  const [, , context, rest = ""] = /<context-(\w+)>\n(.*?)\n<\/context-\1>\s*(.*)$/s.exec(prompt) ?? [];
  return context === undefined
    ? { question: prompt.trim() }
    : { context, question: stripLabel(rest.replace(aboutMarkers, "")) };
}

function stripLabel(text: string): string {
  return text.replace(/^\s*(question|user|visitor)\s*:\s*/i, "").trim();
}

/** Answers with the sentences of the context that match the question, each with the marker of its source. */
export function answerFromContext(question: string, context: string): string {
  const sources = context.split(/^(?=\w+ ⟦\d+⟧ )/m);
  const sentences = sources.flatMap((source) => {
    const [, number = "", title = "", body = source] = /^\w+ ⟦(\d+)⟧ ([^\n(]*)[^\n]*\n(.*)$/s.exec(source) ?? [];
    return (body.match(/[^.!?\n]+[.!?]?/g) ?? [])
      .map((text) => ({ text: text.trim(), number, title: title.trim(), fit: overlap(question, `${title} ${text}`) }))
      .filter(({ text }) => text.length > 20);
  });
  const best = sentences
    .filter(({ fit }) => fit > 0)
    .toSorted((one, other) => other.fit - one.fit)
    .slice(0, 3);
  if (best.length === 0)
    return "I could not find an answer in the context that I was given. Could you rephrase the question?";
  const lines = best.map(({ text, number }) => `- ${text}${number === "" ? "" : ` ⟦${number}⟧`}`);
  return `From the context that I was given:\n\n${lines.join("\n")}`;
}
