import assert from "node:assert/strict";
import { test } from "node:test";
import { fitHistory, type HistoryTurn } from "../../../worker/prompt/history.ts";
import { estimateTokens } from "../../../worker/prompt/tokens.ts";

function turn(number: number, fields: Partial<HistoryTurn> = {}): HistoryTurn {
  return { userPrompt: `question ${number}`, answer: `answer ${number}`, isRefusal: false, ...fields };
}

const wide = { maxTurns: 100, maxTokens: 100_000 };

test("the history keeps its order and drops what has no answer or was refused", () => {
  const turns = [turn(1), turn(2, { answer: "" }), turn(3, { isRefusal: true }), turn(4)];
  assert.deepEqual(fitHistory(turns, wide), { turns: [turn(1), turn(4)], trimmed: false });
});

test("the newest turns that fit are kept, and what was left out is told", () => {
  const turns = [turn(1), turn(2), turn(3)];
  assert.deepEqual(fitHistory(turns, { ...wide, maxTurns: 2 }), { turns: [turn(2), turn(3)], trimmed: true });
  assert.deepEqual(fitHistory(turns, { ...wide, maxTurns: 0 }), { turns: [], trimmed: true });
  const one = estimateTokens("question 3") + estimateTokens("answer 3");
  assert.deepEqual(fitHistory(turns, { ...wide, maxTokens: one }), { turns: [turn(3)], trimmed: true });
  assert.deepEqual(fitHistory(turns, { ...wide, maxTokens: one - 1 }), { turns: [], trimmed: true });
  assert.deepEqual(fitHistory([], { maxTurns: 0, maxTokens: 0 }), { turns: [], trimmed: false });
});

test("tokens are counted by fours of ASCII, and one for every other character", () => {
  assert.equal(estimateTokens(""), 0);
  assert.equal(estimateTokens("abcde"), 2);
  assert.equal(estimateTokens("太陽光"), 3);
  assert.equal(estimateTokens("🙂"), 1);
});
