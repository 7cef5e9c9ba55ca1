import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { costOf, upperBoundOf } from "../../../worker/models/prices.ts";
import type { ProviderUsage } from "../../../worker/providers/provider.ts";
import { AnswerDraft } from "../../../worker/turn/answer-draft.ts";
import { boundUsage, mergeUsage } from "../../../worker/turn/usage.ts";

const bounds = { inputTokens: 500, outputTokens: 1000 };
const price = { input: 3, cached: 0.3, cacheWrite: 3.75, output: 15 };

/** Any number that a provider could send, including invalid ones; or none. */
const count = fc.option(fc.oneof(fc.nat(2000), fc.double(), fc.constantFrom(9e15, 1e308, -1, Infinity, Number.NaN)), {
  nil: undefined,
});
const reported = fc.record({
  inputTokens: count,
  outputTokens: count,
  cachedInputTokens: count,
  cacheWriteInputTokens: count,
  reasoningTokens: count,
});

test("whatever is reported, the counts are whole, within the request, and cost no more than its reservation", () => {
  fc.assert(
    fc.property(fc.array(reported, { maxLength: 4 }), (reports) => {
      const usage = reports.reduce<ProviderUsage>((all, each) => boundUsage(mergeUsage(all, each), bounds), {});
      for (const value of Object.values(usage)) assert.ok(value === undefined || Number.isInteger(value));
      const { inputTokens = 0, outputTokens = 0 } = usage;
      assert.ok(inputTokens >= 0 && inputTokens <= bounds.inputTokens);
      assert.ok(outputTokens >= 0 && outputTokens <= bounds.outputTokens);
      const cost = costOf({ ...usage, inputTokens, outputTokens, source: "provider" }, price);
      assert.ok(cost <= upperBoundOf(bounds.inputTokens, bounds.outputTokens, price), `${cost}`);
    }),
  );
});

test("a later count replaces an earlier one, unless it is missing or zero", () => {
  const earlier = { inputTokens: 12, outputTokens: 700, reasoningTokens: 30 };
  assert.deepEqual(mergeUsage(earlier, { outputTokens: 705, cachedInputTokens: 0 }), {
    inputTokens: 12,
    outputTokens: 705,
    cachedInputTokens: 0,
    cacheWriteInputTokens: undefined,
    reasoningTokens: 30,
  });
  const later = mergeUsage(earlier, { inputTokens: 0, outputTokens: 0, reasoningTokens: 0 });
  assert.deepEqual([later.inputTokens, later.outputTokens, later.reasoningTokens], [12, 700, 30]);
});

test("text that the model wrote and nobody sees counts as written: a stopped turn is settled by its bytes", () => {
  const draft = new AnswerDraft("request", { estimatedTokens: 7, maxBytes: 28 });
  draft.addDelta("Tee für alle");
  draft.addHidden("\u27e61\u27e7");
  assert.equal(draft.writtenBytes, 13 + 7);
});
