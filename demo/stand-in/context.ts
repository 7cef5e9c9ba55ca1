import { overlap } from "./words.ts";

/** A question, and the context that the prompt template added to it. */
export interface SplitPrompt {
  question: string;
  context?: string;
}

/** Splits a prompt into its context, in `<context>` tags or as numbered results, and the question after it. */
export function splitPrompt(prompt: string): SplitPrompt {
  const tagged = /<context>\s*(.*?)\s*<\/context>\s*(.*)$/s.exec(prompt);
  if (tagged) return { context: tagged[1] ?? "", question: stripLabel(tagged[2] ?? "") };
  const numbered = /^(.*?)(\[1\] .*)$/s.exec(prompt);
  if (!numbered) return { question: prompt.trim() };
  const paragraphs = prompt.split(/\n{2,}/);
  return { context: numbered[2] ?? "", question: stripLabel(paragraphs.at(-1) ?? prompt) };
}

function stripLabel(text: string): string {
  return text.replace(/^\s*(question|user|visitor)\s*:\s*/i, "").trim();
}

/** Answers with the sentences of the context that match the question, each with the number of its source. */
export function answerFromContext(question: string, context: string): string {
  const sources = context.split(/^(?=\[\d+\] )/m);
  const sentences = sources.flatMap((source) => {
    const [, number = "", title = "", body = source] = /^\[(\d+)\] ([^\n(]*)[^\n]*\n(.*)$/s.exec(source) ?? [];
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
  const lines = best.map(({ text, number }) => `- ${text}${number === "" ? "" : ` [${number}]`}`);
  return `From the context that I was given:\n\n${lines.join("\n")}`;
}
