import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { costOf, upperBoundOf, priceOf } from "../../../worker/models/prices.ts";

const price = priceOf("anthropic", "claude-sonnet-4-6");

test("prices are looked up by base model, ignoring its vendor and date", () => {
  assert.deepEqual(price, { input: 3, cached: 0.30000000000000004, cacheWrite: 3.75, output: 15 });
  assert.equal(priceOf("anthropic", "claude-haiku-4-5-20251001")?.output, 5);
  assert.equal(priceOf("azure", "openai/GPT-4o-mini")?.input, 0.15);
  assert.equal(priceOf("azure", "gpt-5-mini-2025-08-07")?.output, 2);
  assert.equal(priceOf("azure", "gpt-5-2025-08-07")?.output, 10);
  assert.equal(priceOf("azure", "gpt-5.9-turbo"), undefined);
  assert.equal(priceOf("nobody", "x"), undefined);
});

test("an assistant's own prices take precedence over the table", () => {
  const own = { input: 1, cached: 1, cacheWrite: 1, output: 1 };
  assert.equal(priceOf("anthropic", "claude-sonnet-4-6", own), own);
});

test("cached and written input are parts of the input, each at its own rate", () => {
  const usage = { inputTokens: 1000, cachedInputTokens: 600, cacheWriteInputTokens: 300, outputTokens: 10 };
  const rates = { input: 10, cached: 1, cacheWrite: 12.5, output: 50 };
  assert.equal(costOf({ ...usage, source: "provider" }, rates), (100 * 10 + 600 * 1 + 300 * 12.5 + 10 * 50) * 1000);
});

test("a long prompt has its own rates", () => {
  const haiku = priceOf("anthropic", "claude-haiku-5-5");
  assert.ok(haiku);
  const cost = (inputTokens: number) => costOf({ inputTokens, outputTokens: 0, source: "provider" }, haiku);
  assert.equal(cost(100_000), 10_000_000);
  assert.equal(cost(100_001), 50_000_500);
});

test("no usage within the limits of a request costs more than was reserved for it", () => {
  const rate = fc.double({ min: 0, max: 100, noNaN: true });
  const rates = fc.record({ input: rate, cached: rate, cacheWrite: rate, output: rate });
  fc.assert(
    fc.property(rates, fc.nat(300_000), fc.nat(5000), fc.nat(), fc.nat(), fc.nat(), (own, bytes, max, a, b, c) => {
      const inputTokens = a % (bytes + 1);
      const cachedInputTokens = b % (inputTokens + 1);
      const cacheWriteInputTokens = c % (inputTokens - cachedInputTokens + 1);
      const usage = { inputTokens, cachedInputTokens, cacheWriteInputTokens, outputTokens: c % (max + 1) };
      assert.ok(costOf({ ...usage, source: "provider" }, own) <= upperBoundOf(bytes, max, own) + 1);
    }),
    { numRuns: 2000 },
  );
});
