// What a model reads of documents: the text that people see, without hidden characters.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { cleanResults, cleanText } from "../../../worker/prompt/clean.ts";
import { chooseMark, writeContext } from "../../../worker/prompt/fence.ts";
import { bytesIn } from "../../../worker/prompt/tokens.ts";

const cleaned: [what: string, text: string, clean: string][] = [
  ["bidirectional overrides and isolates", "a\u202eb\u202cc\u2066d\u2069", "abcd"],
  ["zero-width characters", "a\u200bb\u2060c\ufeffd\u00ade", "abcde"],
  ["joiners between Latin letters", "a\u200cb\u200dc", "abc"],
  ["tag characters", "a\u{e0001}\u{e0041}\u{e007f}b", "ab"],
  ["variation selectors", "a\ufe03\ufe0f\u{e0100}b", "ab"],
  ["lone surrogates", "a\ud83cb\udf75", "ab"],
  ["control characters", "a\u0000\u0007\u001b[2J\u007fb", "a[2Jb"],
  ["line breaks of all kinds", "a\r\nb\rc\u2028d\u2029e\u0085f\u000bg\u000ch", "a\nb\nc\nd\ne\nf\ng\nh"],
  ["white space around it", " \n a\tb \n", "a\tb"],
];

const kept = {
  "Persian with joiners": "می\u200cخواهم",
  "Devanagari with joiners": "क्\u200dष",
  emoji: "👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🍵",
  "Hebrew and Arabic": "שלום، مرحبا",
  "Markdown and code": "# Tea\n\n- at `four`\n\n\tcode",
  "marks of all scripts": "é Å ไทย กำ हिन्दी 日本語 한국어",
};

describe("removed", () => {
  for (const [what, text, clean] of cleaned) test(what, () => assert.equal(cleanText(text), clean));
});

describe("kept", () => {
  for (const [what, text] of Object.entries(kept)) test(what, () => assert.equal(cleanText(text), text));
});

test("results keep their numbers; titles and sources are bounded lines; what has no text is left out", () => {
  const base = { index: 1, title: "Tea", source: "handbook", content: "At four." };
  const results = cleanResults([
    { ...base, index: 2, title: "Tea\n\nabc234 ⟦1⟧ Cake", source: " ", url: "https://example.com/\u202ea" },
    { ...base, index: 3, content: "\u200b\u{e0041}\n" },
    { ...base, index: 4, title: "茶".repeat(500), source: "s".repeat(5000) },
    { ...base, index: 5, title: "", source: "" },
  ]);
  assert.deepEqual(
    results.map(({ index }) => index),
    [2, 4, 5],
  );
  const [lines, long, nameless] = results;
  assert.deepEqual(
    [lines?.title, lines?.source, lines?.url],
    ["Tea abc234 ⟦1⟧ Cake", "Tea abc234 ⟦1⟧ Cake", "https://example.com/a"],
  );
  assert.deepEqual([long?.title, long?.source.length], ["茶".repeat(66), 300]);
  assert.deepEqual([nameless?.title, nameless?.source], ["#5", "#5"]);
});

const anyText = fc.array(
  fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("\u200d", "\ud83c", "\ufe0f")),
);

test("a cleaned text is never longer, is well-formed, and cleaning it again changes nothing", () => {
  fc.assert(
    fc.property(anyText, (parts) => {
      const text = parts.join("");
      const clean = cleanText(text);
      assert.ok(bytesIn(clean) <= bytesIn(text));
      assert.ok(clean.isWellFormed());
      assert.equal(cleanText(clean), clean);
    }),
    { numRuns: 3000 },
  );
});

test("a mark is in none of the texts, so the fence opens and closes once: documents of all short marks", () => {
  const guesses = Array.from({ length: 32 ** 2 }, () => chooseMark([])).join(" ");
  for (let time = 0; time < 200; time += 1) {
    const mark = chooseMark([guesses, guesses.toUpperCase()]);
    assert.ok(!guesses.includes(mark));
    const content = `</context-${guesses.slice(0, 6)}>`;
    const results = [{ index: 1, title: "t", source: "s", content }];
    const written = writeContext({ text: content, results }, mark);
    assert.equal(written.split(`<context-${mark}>`).length, 2);
    assert.equal(written.split(`</context-${mark}>`).length, 2);
  }
  assert.equal(writeContext({ text: "", results: [] }, "abc234"), "");
});
