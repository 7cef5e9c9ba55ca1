import { isBlank, textOf, type MessagePart } from "./parts.ts";
import { estimateTokens } from "./tokens.ts";

/** One earlier question with its current answer. */
export interface HistoryTurn {
  question: readonly MessagePart[];
  /** Text of the answer; a part of it if the answer was cut off. */
  answer: string;
  /** The provider refused it. If it were repeated, the next refusal would be likely. */
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
 * Picks the newest turns that fit a window. A full window drops its older half at once: the beginning then stays the
 * same for many turns, and with it the prefix that a provider's cache knows. What is kept depends only on the turns.
 *
 * Turns with a blank question or answer do not belong to the history, because providers refuse blank messages; refused
 * turns do not either. A turn is left out as a whole, so questions and answers still alternate.
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
 * Where reading the turns of a conversation begins, so that a long one is not read as a whole: two windows back or more,
 * at a multiple of the number of turns that a full window drops. So the window is the same as if all turns were read.
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
