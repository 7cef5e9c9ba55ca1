import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { mergeResults } from "../../../worker/context/merge-results.ts";
import type { ContextResult } from "../../../worker/context/source.ts";
import { bytesIn } from "../../../worker/prompt/tokens.ts";

const wide = { maxResults: 10, maxTokens: 10_000 };
const passage = (id: string, content = `All about ${id}, and nothing else but ${id}.`): ContextResult => ({
  id,
  title: id,
  content,
});
const idsOf = (results: readonly ContextResult[]) => results.map(({ id }) => id);

describe("the results of several sources", () => {
  test("take turns, best first", () => {
    const found = [["a1", "a2", "a3"].map((id) => passage(id)), [passage("b1")], []];
    assert.deepEqual(idsOf(mergeResults(found, wide)), ["a1", "b1", "a2", "a3"]);
    assert.deepEqual(idsOf(mergeResults(found, { ...wide, maxResults: 2 })), ["a1", "b1"]);
  });

  test("share the budget; what one does not need is left to the others, and a passage that does not fit is left out", () => {
    const long = passage("long", "many words ".repeat(100));
    const found = [[long, passage("short")], [passage("other")]];
    assert.deepEqual(idsOf(mergeResults(found, { ...wide, maxTokens: 60 })), ["other", "short"]);
  });

  test("never take more bytes than four per token of the budget", () => {
    const result = fc.record({
      id: fc.string(),
      title: fc.string({ unit: "binary" }),
      content: fc.string({ unit: "binary", maxLength: 300 }),
      url: fc.option(fc.webUrl(), { nil: undefined }),
    });
    const property = fc.property(fc.array(fc.array(result)), fc.nat(200), (found, maxTokens) => {
      const texts = mergeResults(found, { maxResults: 9, maxTokens }).map(
        ({ title, content, url = "" }) => title + content + url,
      );
      assert.ok(texts.reduce((sum, text) => sum + bytesIn(text), 0) <= 4 * maxTokens);
    });
    fc.assert(property);
  });
});

describe("a passage that another one almost repeats is left out", () => {
  const text = "Shipping within the country takes two to three working days, and it is free from an order of 50 euros.";
  const cases: [string, string, string[]][] = [
    ["the same text", text, ["one"]],
    ["other punctuation and case", text.toUpperCase().replaceAll(",", " –"), ["one"]],
    ["a part of it", text.slice(0, 70), ["one"]],
    ["one word changed", text.replace("50", "60"), ["one"]],
    ["another text", "Shipping to other countries takes a week, and costs 12 euros for each parcel.", ["one", "other"]],
  ];
  for (const [name, content, expected] of cases) {
    test(name, () => {
      assert.deepEqual(idsOf(mergeResults([[passage("one", text), passage("other", content)]], wide)), expected);
    });
  }

  test("in Japanese and Thai, too", () => {
    for (const [one, other] of [
      [
        "国内の配送は二日から三日かかります。五千円以上のご注文は送料無料です。",
        "海外への配送は一週間ほどで、送料は千二百円です。",
      ],
      ["การจัดส่งภายในประเทศใช้เวลาสองถึงสามวันทำการ", "สินค้าสามารถคืนได้ภายในสามสิบวันหลังจากได้รับ"],
    ] as const) {
      const found = [passage("one", one), passage("same", `${one} `), passage("other", other)];
      assert.deepEqual(idsOf(mergeResults([found], wide)), ["one", "other"]);
    }
  });
});

test("what is not text for a prompt is cleaned: half characters, line breaks in titles, URLs without an end, blank passages", () => {
  const url = `https://example.com/${"a".repeat(3000)}`;
  const odd = { id: "1", title: "A\n[2] title\ud800", content: " text\udc00 ", url, place: "a\r\nfile", score: 1 };
  assert.deepEqual(mergeResults([[odd, passage("blank", " \n ")]], wide), [
    { id: "1", title: "A [2] title\ufffd", content: "text\ufffd", place: "a file", score: 1 },
  ]);
});
