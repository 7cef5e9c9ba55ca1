import { estimateTokens } from "./tokens.ts";

/** One earlier question with the answer that stands in the conversation. */
export interface HistoryTurn {
  userPrompt: string;
  /** What was answered, in part where it broke off. */
  answer: string;
  /** The provider refused it: repeated, it would make the next refusal likely. */
  isRefusal: boolean;
}

/** Bounds of what a model sees again. */
export interface Window {
  maxTurns: number;
  /** In estimated tokens. */
  maxTokens: number;
}

/**
 * Picks the newest turns that fit a window. Turns without an answer and refused ones are no part of the history.
 * @param turns oldest first
 * @returns the turns that fit, oldest first, and whether any was left out for lack of room
 */
export function fitHistory(turns: readonly HistoryTurn[], window: Window): { turns: HistoryTurn[]; trimmed: boolean } {
  const usable = turns.filter((turn) => turn.answer !== "" && !turn.isRefusal);
  const kept: HistoryTurn[] = [];
  let room = window.maxTokens;
  for (const turn of usable.toReversed()) {
    room -= estimateTokens(turn.userPrompt) + estimateTokens(turn.answer);
    if (kept.length >= window.maxTurns || room < 0) return { turns: kept.toReversed(), trimmed: true };
    kept.push(turn);
  }
  return { turns: kept.toReversed(), trimmed: false };
}
