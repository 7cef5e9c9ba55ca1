import assert from "node:assert/strict";
import { test } from "node:test";
import { fitDetails, type AnswerDetails } from "../../../worker/turn/answer.ts";

const citation = (at: number) => ({ index: 1, quote: "太陽".repeat(300), at });
const source = (index: number) => ({ index, id: String(index), title: "t".repeat(500) });
const warning = (at: number) => ({ code: `code_${at}`, detail: "d".repeat(500) });

function details(fields: Partial<AnswerDetails>): AnswerDetails {
  return { requestId: "r", estimatedInputTokens: 1, citations: [], sources: [], warnings: [], ...fields };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function many<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

test("details that fit a row are not changed", () => {
  const small = details({ citations: many(50, citation), sources: many(50, source), providerData: { a: 1 } });
  assert.equal(fitDetails(small), small);
});

test("details that do not fit a row lose the least important part that makes them fit", (t) => {
  const logged = t.mock.method(console, "warn", () => undefined);
  const kept = { citations: many(20, citation), sources: many(20, source), warnings: many(2, warning) };
  const heavy = { stop_details: "x".repeat(300_000) };
  assert.deepEqual(
    fitDetails(details({ ...kept, providerData: heavy })),
    details({ ...kept, providerData: undefined }),
  );
  const cited = details({ ...kept, citations: many(1000, citation) });
  assert.deepEqual(fitDetails(cited), { ...cited, providerData: undefined, citations: [] });
  const all = details({
    citations: many(1000, citation),
    sources: many(1000, source),
    warnings: many(1000, warning),
    providerData: heavy,
  });
  assert.deepEqual(fitDetails(all), details({ providerData: undefined }));
  for (const each of [cited, all]) assert.ok(bytesOf(fitDetails(each)) <= 256 * 1024);
  assert.match(String(logged.mock.calls[0]?.arguments[0]), /"details_dropped","field":"providerData","requestId":"r"/);
});
