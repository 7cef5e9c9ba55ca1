import type { Assistant } from "../assistants/assistant.ts";
import { cleanText } from "../prompt/clean.ts";
import { handoverLine } from "../prompt/follow-ups.ts";
import { isBlank } from "../prompt/parts.ts";
import type { FollowUpBlock } from "./follow-up-block.ts";
import { plainText } from "./plain-text.ts";

/**
 * The longest question that is offered, in UTF-16 units. A longer one is left out, because a shortened question would
 * ask something else.
 */
const maxQuestionChars = 200;

/** Quotation marks that a model may put around a question. */
const around = /^["'“”„«»‘’]+|["'“”„«»‘’]+$/g;

/** A line that is only a tag, such as a mark of the block that the model wrote wrong. */
const isTag = /^<\/?[\w-]*>?$/;

/** The answered question that the follow-up questions belong to. */
export interface AnsweredQuestion {
  /** What the visitor has just asked. The same question is not offered again. */
  question: string;
  /** Whether the answer ended at its token limit: the last line of an open block may then be incomplete. */
  isCut: boolean;
}

/** What an answer suggests. */
export interface Suggested {
  suggestions: string[];
  /** Set if the model suggests that a person takes over. */
  handover?: true;
}

/**
 * Reads the follow-up questions of a block, one per line. Marks of lists and of Markdown are removed. Lines that are
 * blank, too long or repeated are left out.
 */
export function readFollowUps(
  block: Pick<FollowUpBlock, "text" | "isOpen">,
  { followUps, limits }: Pick<Assistant, "followUps" | "limits">,
  { question: asked, isCut }: AnsweredQuestion,
): Suggested {
  const lines = block.text.split(/\r\n?|\n/);
  if (isCut && block.isOpen) lines.pop();
  const maxChars = Math.min(maxQuestionChars, limits.maxPromptChars); // a click sends the question
  const known = new Set(["", comparable(asked)]);
  const found: Suggested = { suggestions: [] };
  for (const line of lines) {
    if (line.trim().toLowerCase() === handoverLine) {
      if (followUps?.handover) found.handover = true;
      continue;
    }
    const question = toQuestion(line);
    const isTooLong = question.length > maxChars;
    if (isTooLong || isBlank(question) || isTag.test(question) || known.has(comparable(question))) continue;
    known.add(comparable(question));
    if (found.suggestions.length < (followUps?.max ?? 0)) found.suggestions.push(question);
  }
  return found;
}

function toQuestion(line: string): string {
  const plain = plainText(cleanText(line).replace(/^\s*[•–—]\s*/, "")).replaceAll(/⟦[^⟧]*⟧/g, "");
  return plain.replaceAll(around, "").trim().toWellFormed();
}

/** Two questions are the same if they differ only in case, spaces and punctuation. */
function comparable(question: string): string {
  return question.toLowerCase().replaceAll(/[\s\p{P}]/gu, "");
}
