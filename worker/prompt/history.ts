import { textOf, type MessagePart } from "./parts.ts";
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
 * Picks the newest turns that fit a window. Turns without an answer and refused ones do not belong to the history.
 * @param turns oldest first
 */
export function fitHistory(turns: readonly HistoryTurn[], window: Window): FittedHistory {
  const usable = turns.filter((turn) => turn.answer !== "" && !turn.isRefusal);
  const kept: HistoryTurn[] = [];
  let room = window.maxTokens;
  for (const turn of usable.toReversed()) {
    room -= estimateTokens(textOf(turn.question)) + estimateTokens(turn.answer);
    if (kept.length >= window.maxTurns || room < 0) return { turns: kept.toReversed(), isTrimmed: true };
    kept.push(turn);
  }
  return { turns: kept.toReversed(), isTrimmed: false };
}
