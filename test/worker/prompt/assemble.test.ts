import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completeAssistant } from "../../../worker/assistants/assistant.ts";
import type { AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { capabilitiesOf } from "../../../worker/models/capabilities.ts";
import { assemblePrompt, bytesIn, measurePrompt } from "../../../worker/prompt/assemble.ts";
import { fitHistory, type HistoryTurn } from "../../../worker/prompt/history.ts";
import { textOf, textParts } from "../../../worker/prompt/parts.ts";
import { estimateTokens } from "../../../worker/prompt/tokens.ts";

function turn(number: number, fields: Partial<HistoryTurn> = {}): HistoryTurn {
  return { question: textParts(`question ${number}`), answer: `answer ${number}`, isRefusal: false, ...fields };
}

const wide = { maxTurns: 100, maxTokens: 100_000 };

test("the history keeps its order and leaves out turns without an answer and refused turns", () => {
  const turns = [turn(1), turn(2, { answer: "" }), turn(3, { isRefusal: true }), turn(4)];
  assert.deepEqual(fitHistory(turns, wide), { turns: [turn(1), turn(4)], isTrimmed: false });
});

test("the newest turns that fit are kept, and it is reported that some were left out", () => {
  const turns = [turn(1), turn(2), turn(3)];
  assert.deepEqual(fitHistory(turns, { ...wide, maxTurns: 2 }), { turns: [turn(2), turn(3)], isTrimmed: true });
  assert.deepEqual(fitHistory(turns, { ...wide, maxTurns: 0 }), { turns: [], isTrimmed: true });
  const one = estimateTokens("question 3") + estimateTokens("answer 3");
  assert.deepEqual(fitHistory(turns, { ...wide, maxTokens: one }), { turns: [turn(3)], isTrimmed: true });
  assert.deepEqual(fitHistory(turns, { ...wide, maxTokens: one - 1 }), { turns: [], isTrimmed: true });
  assert.deepEqual(fitHistory([], { maxTurns: 0, maxTokens: 0 }), { turns: [], isTrimmed: false });
});

describe("the size limit of a prompt", () => {
  const definition = { title: "T", connection: "c", model: "m", origins: [] };
  const assistantWith = (fields: Partial<AssistantDefinition>) => {
    const model = {
      connection: "c",
      provider: "p",
      model: "m",
      baseModel: "m",
      capabilities: capabilitiesOf("p", "m"),
    };
    return completeAssistant("a", { ...definition, ...fields }, [model]);
  };
  const texts = ["", "Why?", 'quotes " and \\ and \n lines', "太陽光 🙂", "@@context @@userPrompt", "x".repeat(5000)];

  test("is never below what the provider reads, whatever the context is", () => {
    const systems = [undefined, "Be brief. 太陽光"];
    const templates = [undefined, "@@context\n@@userPrompt", "@@context @@context @@userPrompt @@userPrompt"];
    for (const systemPrompt of systems)
      for (const promptTemplate of templates)
        for (const context of texts)
          for (const asked of texts) {
            const history = fitHistory([turn(1), turn(2, { answer: "太陽光" })], wide);
            const prompt = {
              assistant: assistantWith({ systemPrompt, promptTemplate }),
              history,
              question: textParts(asked),
            };
            const { maxBytes } = measurePrompt(prompt, bytesIn(context));
            const { messages } = assemblePrompt(prompt, context === "" ? undefined : context);
            const read = [systemPrompt ?? "", ...messages.map(({ parts }) => textOf(parts))].join("");
            assert.ok(bytesIn(read) <= maxBytes, `${bytesIn(read)} bytes, limit ${maxBytes}`);
          }
  });

  test("is close to what the provider reads, because other turns cannot use reserved money", () => {
    const prompt = {
      assistant: assistantWith({}),
      history: fitHistory([turn(1)], wide),
      question: textParts("x".repeat(5000)),
    };
    assert.ok(measurePrompt(prompt, 0).maxBytes < 5000 + 600);
  });
});

test("four ASCII characters count as one token, every other character as one token", () => {
  assert.equal(estimateTokens(""), 0);
  assert.equal(estimateTokens("abcde"), 2);
  assert.equal(estimateTokens("太陽光"), 3);
  assert.equal(estimateTokens("🙂"), 1);
});
