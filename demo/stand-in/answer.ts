import { followUpBlock } from "./follow-ups.ts";
import { answerFromPassages } from "./passages.ts";
import { findSection } from "./pages.ts";
import type { ReceivedMessage } from "./prompt.ts";
import { topics } from "./topics.ts";

/** The input of the stand-in: what a model would receive, and nothing else. */
export interface Received {
  model: string;
  /** Oldest first; the last one is the question. */
  messages: readonly ReceivedMessage[];
  /** Whether citations are written as markers, because the API has no field for them. */
  citesBySelf: boolean;
}

/** A stretch of an answer, in Markdown. */
export interface AnswerPart {
  text: string;
  /** The number of the passage that it comes from, and the words that it cites. */
  cites?: { number: number; quote: string };
}

/** How often each question was asked, so that asking again gives a different answer. */
const asked = new Map<string, number>();

/** Writes an answer, and follow-up questions if they are asked for. */
export function answer(received: Received): AnswerPart[] {
  const parts = writeAnswer(received);
  const text = parts.map((part) => part.text).join("");
  const said = [...received.messages.map((message) => message.text), text];
  const block = followUpBlock(received.messages.at(-1)?.followUpMark, said);
  return block === "" ? parts : [...parts, { text: block }];
}

function writeAnswer(received: Received): AnswerPart[] {
  const parts = chooseAnswer(received);
  if (typeof parts === "string") return [{ text: parts }];
  if (!received.citesBySelf) return parts;
  return parts.map(({ text, cites }) => ({ text: cites === undefined ? text : `${text} ⟦${cites.number}⟧` }));
}

function chooseAnswer({ model, messages }: Received): string | AnswerPart[] {
  const { text: question = "", passages } = messages.at(-1) ?? {};
  const earlier = messages.slice(0, -1);
  const questions = earlier.filter(({ role }) => role === "user").map(({ text }) => text);
  const lastAnswer = earlier.findLast(({ role }) => role === "assistant")?.text;
  const fromMemory = answerFromMemory(question, questions, lastAnswer);
  if (fromMemory !== undefined) return fromMemory;
  if (passages !== undefined) {
    const asked = leans(question) ? `${questions.at(-1) ?? ""} ${question}` : question;
    return answerFromPassages(asked, passages) ?? sayNothingIsThere(question);
  }
  return answerFromTopics(question, questions) ?? answerFromPages(question) ?? sayWhatIAm(question, model);
}

/** Answers questions about the conversation itself. */
function answerFromMemory(question: string, questions: readonly string[], lastAnswer = ""): string | undefined {
  if (
    /\b(did|have) i (just |already )?ask|\b(first|last|previous|earlier) question|what (did|have) (we|i) (talk|discuss|say|said)/i.test(
      question,
    )
  ) {
    if (questions.length === 0) return "This is your first question, so there are no earlier ones yet.";
    const list = questions.map((text, index) => `${index + 1}. ${quote(text)}`).join("\n");
    return `So far you have asked:\n\n${list}\n\nWhich one would you like to continue with?`;
  }
  if (
    lastAnswer !== "" &&
    /^(please )?(make it |say it |be )?(short|brief|sum(marise|marize| up)|tl;?dr|in one sentence|in short)/i.test(
      question,
    )
  ) {
    const sentences = plainText(lastAnswer).match(/[^.!?]+[.!?]/g) ?? [lastAnswer];
    return `In short: ${sentences.slice(0, 2).join("").trim()}`;
  }
  return undefined;
}

/**
 * Finds a prepared answer. A short question with a word like "it" or "and" refers to an earlier question.
 * @param questions the visitor's earlier questions, oldest first
 */
function answerFromTopics(question: string, questions: readonly string[]): string | undefined {
  const isAboutSomething = (text: string) => topics.some(({ when }) => score(when, text) > 0);
  const previous = questions.findLast(isAboutSomething) ?? "";
  const ranked = topics
    .map((topic) => {
      const own = score(topic.when, question);
      return { topic, own, score: own * 2 + (leans(question) ? score(topic.when, previous) : 0) };
    })
    .toSorted((one, other) => other.score - one.score);
  const best = ranked[0];
  if (best === undefined || best.score === 0) return undefined;
  const wantsMore = best.own === 0 || /^(more|tell me more|go on|why)\b/i.test(question);
  if (wantsMore && best.topic.more !== undefined) return best.topic.more;
  return best.topic.answers[countAsked(question) % best.topic.answers.length];
}

/** Whether a question refers to the one before it. */
function leans(question: string): boolean {
  return (
    question.length < 60 &&
    /^(and|but|what about|how about|so|why|more|tell me more|go on)\b|\b(it|that|they|them|one|this)\b/i.test(question)
  );
}

function countAsked(question: string): number {
  if (asked.size > 1000) asked.clear(); // bounds the memory of a demo that runs for weeks
  const before = asked.get(question) ?? 0;
  asked.set(question, before + 1);
  return before;
}

/** Counts the matching patterns. The first one names the subject: if it does not match, the others do not count. */
function score(patterns: readonly RegExp[], text: string): number {
  if (patterns[0]?.test(text) !== true) return 0;
  return patterns.filter((pattern) => pattern.test(text)).length;
}

function answerFromPages(question: string): string | undefined {
  const section = findSection(question);
  if (section === undefined) return undefined;
  const { title, text, path, page } = section;
  return `From the section *${title}* of the help page *${page}*:\n\n${text}\n\nSee the whole page: [${path}](${path}).`;
}

function sayNothingIsThere(question: string): string {
  return `I found nothing in the guides about ${quote(question)} They cover mounting, the first start, the battery, the yield and fault codes of the Sillwatt Duo. Try other words, or [ask a person](/faults#talk-to-a-person).`;
}

function sayWhatIAm(question: string, model: string): string {
  return `I am only a **stand-in**: no key is set, so a small program answers instead of \`${model}\`. It knows only the help pages of the Sillwatt Duo, so it cannot answer ${quote(question)}

To get answers from the real model, put its variables into \`.dev.vars\` in the project's folder and run \`npm start\` again. It prints which variables are missing.

In the meantime, ask me about **mounting**, the **first start**, the **battery**, the **yield** or a **fault code**.`;
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return `“${line.length > 120 ? `${line.slice(0, 117).trimEnd()} …` : line}”`;
}

function plainText(markdown: string): string {
  return markdown
    .replaceAll(/```[\s\S]*?```|^[|#].*$/gm, "")
    .replaceAll(/[*`>]/g, "")
    .replaceAll(/\s+/g, " ");
}
