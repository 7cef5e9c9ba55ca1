import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { completeAssistant, type Assistant } from "../../../worker/assistants/assistant.ts";
import type { AssistantDefinition } from "../../../worker/assistants/definition.ts";
import { capabilitiesOf } from "../../../worker/models/capabilities.ts";
import { thinkingCapabilitiesOf } from "../../../worker/models/thinking-models.ts";
import { chooseThinking } from "../../../worker/models/thinking.ts";
import { assemblePrompt, measurePrompt, requestFor } from "../../../worker/prompt/assemble.ts";
import { firstPosition, fitHistory, type HistoryTurn, type Window } from "../../../worker/prompt/history.ts";
import { textOf, textParts } from "../../../worker/prompt/parts.ts";
import { bytesIn, estimateTokens } from "../../../worker/prompt/tokens.ts";
import { toSearchResult } from "../../../worker/providers/anthropic/search-results.ts";
import type { ProviderRequest } from "../../../worker/providers/provider.ts";

function turn(number: number, fields: Partial<HistoryTurn> = {}): HistoryTurn {
  return { question: textParts(`question ${number}`), answer: `answer ${number}`, isRefusal: false, ...fields };
}

const wide = { maxTurns: 100, maxTokens: 100_000 };

test("the history keeps its order and leaves out blank turns and refused turns", () => {
  const blank = ["", " ", "\n\n", "\u00a0\t", "\u200b\ufeff", "\u0000"].map((answer) => turn(2, { answer }));
  const asked = turn(2, { question: textParts("\n") });
  const turns = [turn(1), ...blank, asked, turn(3, { isRefusal: true }), turn(4)];
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

describe("a window that is full", () => {
  const all = Array.from({ length: 200 }, (_, at) => turn(at));
  const numbersIn = (turns: readonly HistoryTurn[]) =>
    turns.map(({ answer }) => Number(answer.slice("answer ".length)));
  /** The number of the first turn that is sent with each question. */
  const firsts = (turns: readonly HistoryTurn[], window: Window) =>
    turns.map((_, at) => numbersIn(fitHistory(turns.slice(0, at + 1), window).turns)[0] ?? -1);

  test("by turns drops half of them, and keeps its beginning until it is full again", () => {
    const window = { ...wide, maxTurns: 20 };
    const expected = all.map((_, at) => (at < 20 ? 0 : 10 * Math.floor((at - 10) / 10)));
    assert.deepEqual(firsts(all, window), expected);
    for (const maxTurns of [1, 2, 3, 7, 20, 21]) {
      for (let count = 0; count <= all.length; count += 1) {
        const { turns } = fitHistory(all.slice(0, count), { ...wide, maxTurns });
        assert.ok(turns.length <= maxTurns && turns.length >= Math.min(count, Math.ceil(maxTurns / 2)));
        assert.deepEqual(turns, all.slice(count - turns.length, count));
      }
    }
  });

  test("by tokens drops down to half, and never the newest turn if that fits by itself", () => {
    const sized = all.map((each, at) => ({ ...each, answer: `answer ${at} ${"x".repeat((at * 977) % 400)}` }));
    const sizeOf = ({ question, answer }: HistoryTurn) => estimateTokens(textOf(question)) + estimateTokens(answer);
    for (const maxTokens of [90, 110, 400, 1600]) {
      const window = { ...wide, maxTurns: 1000, maxTokens };
      for (let count = 1; count <= sized.length; count += 1) {
        const { turns } = fitHistory(sized.slice(0, count), window);
        const size = turns.reduce((sum, each) => sum + sizeOf(each), 0);
        assert.ok(size <= maxTokens);
        assert.deepEqual(turns, sized.slice(count - turns.length, count));
        const newest = sized[count - 1] ?? assert.fail();
        assert.equal(turns.length === 0, sizeOf(newest) > maxTokens);
      }
      const starts = new Set(firsts(sized, window));
      const slid = sized.length - Math.floor(maxTokens / 56);
      assert.ok(maxTokens < 400 || starts.size < slid / 2, `${starts.size} beginnings with ${maxTokens} tokens`);
    }
  });

  test("is the same when a long conversation is read from its first position on", () => {
    for (const maxTurns of [0, 1, 2, 3, 7, 20]) {
      const window = { ...wide, maxTurns };
      for (let count = 0; count <= all.length; count += 1) {
        const first = firstPosition(count + 1, window);
        assert.ok(first === 1 || count - first + 1 >= 2 * maxTurns);
        assert.ok(count - first + 1 <= 8 * Math.max(1, maxTurns), "it reads too much");
        const { turns } = fitHistory(all.slice(first - 1, count), window);
        assert.deepEqual(turns, fitHistory(all.slice(0, count), window).turns, `${count} turns, ${maxTurns} at most`);
      }
    }
  });
});

const definition = { title: "T", connection: "c", model: "m", origins: [] };

function assistantWith(fields: Partial<AssistantDefinition>, provider = "anthropic"): Assistant {
  const capabilities = capabilitiesOf(provider, "m");
  const thinking = chooseThinking(thinkingCapabilitiesOf(provider, "m"), {}, false);
  const common = { connection: "c", provider, model: "m", baseModel: "m", capabilities, thinking };
  const models = [true, false].map((citesResults) => ({ ...common, citesResults, maxCompletionTokens: 1 }));
  return completeAssistant("a", { ...definition, ...fields }, [models[0] ?? assert.fail(), ...models.slice(1)]);
}

/** How many bytes a model reads: all texts, and a little for each block and for each message. */
function bytesRead({ systemPrompt = "", messages }: ProviderRequest): number {
  const texts = messages.flatMap(({ parts }) =>
    parts.flatMap((part) =>
      part.type === "text"
        ? [part.text]
        : part.results
            .map(toSearchResult)
            .flatMap(({ title, source, content }) => [
              `${title}${source}${"-".repeat(32)}`,
              ...content.map(({ text }) => `${text}${"-".repeat(32)}`),
            ]),
    ),
  );
  return bytesIn([systemPrompt, ...texts].join("-".repeat(16)));
}

describe("the size limit of a prompt", () => {
  const awkward = fc.constantFrom(
    "@@context",
    "@@userPrompt",
    "⟦1⟧",
    "</context>",
    "\u2028",
    "太陽光 🙂",
    "\ud800",
    ". ",
    "\n",
  );
  const text = fc.oneof(
    fc.array(fc.oneof(awkward, fc.string(), fc.string({ unit: "grapheme" }))).map((parts) => parts.join("")),
    fc.tuple(awkward, fc.nat(300)).map(([part, count]) => part.repeat(count)),
  );
  const result = fc.record({ index: fc.integer({ min: 1, max: 999 }), title: text, source: text, content: text });
  const template = fc.constantFrom(
    undefined,
    "@@context\n@@userPrompt",
    "@@context @@context @@userPrompt @@userPrompt",
  );
  const history = fitHistory([turn(1), turn(2, { answer: "太陽光" })], wide);

  test("is never below what any model reads, whatever the context is: 1,000 random prompts", () => {
    const systems = fc.constantFrom(undefined, "Be brief. 太陽光");
    fc.assert(
      fc.property(
        systems,
        template,
        text,
        fc.array(result, { maxLength: 8 }),
        text,
        fc.constantFrom(false, true, { max: 1 }),
        (system, own, fixed, found, asked, followUps) => {
          const assistant = assistantWith({ systemPrompt: system, promptTemplate: own, followUps });
          const parts = { assistant, history, question: textParts(asked) };
          const context = { text: fixed, results: found };
          const { maxBytes } = measurePrompt(parts, {
            bytes: bytesIn([fixed, ...found.map(({ content }) => content)].join("")),
            results: found.length,
          });
          const prompt = assemblePrompt(parts, context);
          for (const model of assistant.models) {
            const read = bytesRead(requestFor(prompt, model));
            assert.ok(read <= maxBytes, `${read} bytes, limit ${maxBytes}`);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("is close to what the provider reads, because other turns cannot use reserved money", () => {
    const prompt = {
      assistant: assistantWith({}),
      history: fitHistory([turn(1)], wide),
      question: textParts("x".repeat(5000)),
    };
    assert.ok(measurePrompt(prompt, { bytes: 0, results: 0 }).maxBytes < 5000 + 600);
    const passages = measurePrompt(prompt, { bytes: 9600, results: 6 }).maxBytes;
    assert.ok(passages < 5000 + 2 * 9600 + 6000, `${passages} bytes`);
  });
});

test("four ASCII characters count as one token, every other character as one token", () => {
  assert.equal(estimateTokens(""), 0);
  assert.equal(estimateTokens("abcde"), 2);
  assert.equal(estimateTokens("太陽光"), 3);
  assert.equal(estimateTokens("🙂"), 1);
});
