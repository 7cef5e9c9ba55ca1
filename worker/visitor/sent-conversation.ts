import type { SentConversation, SentMessage } from "../handover/handover.ts";
import { isBlank, textOf } from "../prompt/parts.ts";
import type { MessageRecord } from "./records.ts";
import type { VisitorStore } from "./store.ts";

/** How many questions are sent along at most, each with its newest answer. */
const maxQuestions = 100;

/** The approximate maximum length of what is sent along, in UTF-16 units. Longer e-mails are refused or cut. */
const maxChars = 200_000;

/**
 * Reads the conversation that a visitor sends along: its newest messages that fit.
 * @param running what the conversation's running answer says so far; undefined if no turn is running
 */
export function readSentConversation(
  store: VisitorStore,
  conversation: string,
  running: string | undefined,
): SentConversation {
  const found = store.messages(conversation, Number.MAX_SAFE_INTEGER, maxQuestions + 1);
  const turns: SentMessage[][] = [];
  let roomChars = maxChars;
  for (const message of found.slice(-maxQuestions).toReversed()) {
    if (roomChars <= 0) break;
    const turn = readTurn(store, message, running);
    roomChars -= turn.reduce((chars, { content }) => chars + content.length, 0);
    turns.unshift(turn);
  }
  return { id: conversation, messages: turns.flat(), isShortened: turns.length < found.length };
}

function readTurn(store: VisitorStore, message: MessageRecord, running: string | undefined): SentMessage[] {
  const question: SentMessage = { role: "user", content: textOf(message.parts), createdAt: isoOf(message.createdAt) };
  const [answer] = store.newestAnswersTo(message.conversation, message.id);
  const content = answer?.status === "running" ? (running ?? "") : (answer?.content ?? "");
  if (answer === undefined || isBlank(content)) return [question]; // it failed, or has not begun
  return [question, { role: "assistant", content, createdAt: isoOf(answer.createdAt), aiGenerated: true }];
}

function isoOf(time: number): string {
  return new Date(time).toISOString();
}
