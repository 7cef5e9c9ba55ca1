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

/** Input and output in US dollars per million tokens. */
const listed: [provider: string, model: string, input: number, output: number][] = [
  ["anthropic", "claude-fable-5-2", 8, 40],
  ["anthropic", "claude-fable-5-1", 10, 50],
  ["anthropic", "claude-fable-5", 10, 50],
  ["anthropic", "anthropic/claude-opus-5.5", 4, 20],
  ["anthropic", "claude-sonnet-5-5-latest", 2, 10],
  ["anthropic", "claude-haiku-5-5-20260901", 0.1, 0.5],
  ["anthropic", "claude-haiku-4-5@20251001", 1, 5],
  ["azure", "gpt-5.2-2025-12-11", 1.75, 14],
  ["azure", "gpt-5.4", 2.5, 15],
  ["azure", "gpt-5.4-mini-2026-03-17", 0.75, 4.5],
  ["azure", "gpt-5.5", 5, 30],
  ["azure", "gpt-5.6-luna", 1, 6],
  ["azure", "gpt-4o-2024-05-13", 5, 15],
  ["azure", "gpt-4o-2024-11-20", 2.5, 10],
  ["azure", "xai/grok-4-fast-reasoning", 0.2, 0.5],
  ["azure", "xai/grok-4.3-latest", 1.25, 2.5],
  ["azure", "grok-4.6", 2, 6],
  ["azure", "DeepSeek-V4-Pro", 1.74, 3.48],
  ["azure", "Mistral-Large-3", 0.5, 1.5],
];

for (const [provider, model, input, output] of listed) {
  test(`${model} costs $${input} and $${output}`, () => {
    const { input: listedInput, output: listedOutput } = priceOf(provider, model) ?? {};
    assert.deepEqual([listedInput, listedOutput], [input, output]);
  });
}

test("a name that the table does not know has no price, however much it looks like one that it knows", () => {
  const claude = [
    "claude-fable-5-3",
    "claude-fable-5-20",
    "claude-opus-5-6",
    "claude-opus-4-60",
    "claude-haiku-5-5-pro",
  ];
  for (const name of [...claude, "claude-sonnet-4-5-2025", "claude-haiku", "constructor"]) {
    assert.equal(priceOf("anthropic", name), undefined, name);
  }
  const gpt = [
    "gpt-5.9",
    "gpt-5.4-pro",
    "gpt-5-codex",
    "gpt-5-minimax",
    "gpt-5.1-mini",
    "gpt-5.6",
    "gpt-4o-audio-preview",
  ];
  for (const name of [...gpt, "o3-pro", "o3-deep-research", "mistral-large-2411", "grok-4.9", "toString"]) {
    assert.equal(priceOf("azure", name), undefined, name);
  }
});

test("GPT-5.6 writes into its cache at a higher rate, and costs more above 272,000 tokens", () => {
  const terra = priceOf("azure", "gpt-5.6-terra");
  assert.ok(terra);
  const cost = (cacheWriteInputTokens: number, inputTokens = 100_000) =>
    costOf({ inputTokens, cacheWriteInputTokens, outputTokens: 0, source: "provider" }, terra);
  assert.equal(cost(0), 250_000_000);
  assert.equal(cost(100_000), 312_500_000);
  assert.equal(cost(0, 272_001), 272_001 * 5000);
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

test("Grok costs twice as much from 200,000 tokens of input on", () => {
  const grok = priceOf("azure", "grok-4.3");
  assert.ok(grok);
  const cost = (inputTokens: number) =>
    costOf({ inputTokens, cachedInputTokens: 1000, outputTokens: 1000, source: "provider" }, grok);
  assert.equal(cost(199_999), (198_999 * 1.25 + 1000 * 0.2 + 1000 * 2.5) * 1000);
  assert.equal(cost(200_000), (199_000 * 2.5 + 1000 * 0.4 + 1000 * 5) * 1000);
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
