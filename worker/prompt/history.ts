import { isBlank, textOf, type MessagePart } from "./parts.ts";
import { estimateTokens } from "./tokens.ts";

/** One earlier question with its current answer. */
export interface HistoryTurn {
  question: readonly MessagePart[];
  /** Text of the answer; a part of it if the answer was cut off. */
  answer: string;
  /** Whether the answer is a refusal. If the turn were sent again, another refusal would be likely. */
  isRefusal: boolean;
}

/** Limits of the history that is sent to a model. */
export interface Window {
  maxTurns: number;
  /** In estimated tokens. */
  maxTokens: number;
}

/** The part of a history that fits its window. */
export interface FittedHistory {
  /** Oldest first. */
  turns: readonly HistoryTurn[];
  /** Whether any turn was left out for lack of room. */
  isTrimmed: boolean;
}

/**
 * Picks the newest turns that fit a window. A full window drops its older half at once: the history's beginning then
 * stays the same for many turns, so a provider can reuse its cached prefix. The choice depends only on the turns and
 * the window.
 *
 * Turns with a blank question or answer are left out, because providers refuse blank messages. Refused turns are left
 * out too. A turn is left out as a whole, so questions and answers still alternate.
 * @param turns oldest first, from {@link firstPosition} on
 */
export function fitHistory(turns: readonly HistoryTurn[], { maxTurns, maxTokens }: Window): FittedHistory {
  const usable = turns.filter(isUsable);
  const sizes = usable.map(({ question, answer }) => estimateTokens(textOf(question)) + estimateTokens(answer));
  let [start, tokens] = [0, 0];
  const leaveOutOldest = () => {
    tokens -= sizes[start] ?? 0;
    start += 1;
  };
  for (const [at, size] of sizes.entries()) {
    tokens += size;
    if (at + 1 - start > maxTurns) for (let count = halfOf(maxTurns); count > 0; count -= 1) leaveOutOldest();
    if (tokens <= maxTokens) continue;
    const end = size > maxTokens ? at + 1 : at; // the newest turn stays if it fits by itself
    while (start < end && tokens > maxTokens / 2) leaveOutOldest();
  }
  return { turns: usable.slice(start), isTrimmed: start > 0 };
}

/**
 * The position of the first turn to read, so that a long conversation is not read as a whole. It is at least two
 * windows before the question, or the start of the conversation. The number of turns before it is a multiple of the
 * number that a full window drops. If no turn is left out as blank or refused, the limit `maxTurns` therefore keeps the
 * same turns as if the whole conversation were read.
 * @param position of the question; the first one of a conversation has position 1
 */
export function firstPosition(position: number, { maxTurns }: Window): number {
  const stride = 4 * halfOf(maxTurns);
  return Math.max(0, Math.floor((position - 1) / stride) - 1) * stride + 1;
}

/** How many turns a full window drops. */
function halfOf(maxTurns: number): number {
  return Math.max(1, Math.ceil(maxTurns / 2));
}

function isUsable({ question, answer, isRefusal }: HistoryTurn): boolean {
  return !isRefusal && !isBlank(answer) && !isBlank(textOf(question));
}
