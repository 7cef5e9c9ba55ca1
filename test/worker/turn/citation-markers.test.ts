// Markers are removed from an answer as it streams: text, citations and offsets are the same wherever it is cut.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { CitationMarkers, type AnswerPiece } from "../../../worker/turn/citation-markers.ts";

/** An answer without its markers: the text, and each citation as `index@offset`. */
interface Filtered {
  text: string;
  citations: string[];
}

const given = [1, 2, 3];

function filter(pieces: readonly string[], numbers: readonly number[] = given): Filtered {
  const markers = new CitationMarkers(numbers);
  const filtered: Filtered = { text: "", citations: [] };
  const take = (taken: readonly AnswerPiece[]) => {
    for (const piece of taken) {
      if (piece.type === "text") filtered.text += piece.text;
      else filtered.citations.push(...piece.indexes.map((index) => `${index}@${filtered.text.length}`));
    }
  };
  for (const piece of pieces) take(markers.push(piece));
  take(markers.end());
  return filtered;
}

const removed: [answer: string, text: string, citations: string[]][] = [
  ["Tea is at four.⟦1⟧ Cake at five.", "Tea is at four. Cake at five.", ["1@15"]],
  ["Tea is at four ⟦1⟧.", "Tea is at four.", ["1@14"]],
  ["Tea.⟦1⟧⟦2⟧", "Tea.", ["1@4", "2@4"]],
  ["Tea. ⟦1⟧ ⟦2⟧ Cake.", "Tea. Cake.", ["1@4", "2@4"]],
  ["Tea ⟦1⟧, ⟦2⟧.", "Tea.", ["1@3", "2@3"]],
  ["Tea ⟦1⟧, and cake ⟦2⟧.", "Tea, and cake.", ["1@3", "2@13"]],
  ["Tea ⟦1, 2⟧.", "Tea.", ["1@3", "2@3"]],
  ["Tea ⟦1,2;3⟧.", "Tea.", ["1@3", "2@3", "3@3"]],
  ["Tea ⟦1 and 3⟧.", "Tea.", ["1@3", "3@3"]],
  ["Tea ⟦ 1 ⟧.", "Tea.", ["1@3"]],
  [`Tea ⟦${Array.from({ length: 50 }, (_, at) => at + 1).join(", ")}⟧.`, "Tea.", ["1@3", "2@3", "3@3"]],
  ["Tea ⟦1-3⟧.", "Tea.", ["1@3", "2@3", "3@3"]],
  ["Tea ⟦1 – 2⟧.", "Tea.", ["1@3", "2@3"]],
  ["Tea [⟦1⟧].", "Tea.", ["1@3"]],
  ["Tea (⟦1⟧, ⟦2⟧).", "Tea.", ["1@3", "2@3"]],
  ["Tea [⟦1⟧⟦2⟧]", "Tea", ["1@3", "2@3"]],
  ["Tea ⟦source 1⟧.", "Tea.", ["1@3"]],
  ["Tea ⟦Sources: 1, 2⟧.", "Tea.", ["1@3", "2@3"]],
  ["Tea ⟦#1⟧.", "Tea.", ["1@3"]],
  ["الشاي ⟦١⟧، ⟦٢⟧.", "الشاي.", ["1@5", "2@5"]],
  ["お茶⟦１⟧。", "お茶。", ["1@2"]],
  ["Tea\u00a0⟦1⟧ !", "Tea !", ["1@3"]],
  ["🍵 ⟦1⟧", "🍵", ["1@2"]],
  ["⟦1⟧ Tea", " Tea", ["1@0"]],
  ["- ⟦2⟧ Tea", "-  Tea", ["2@2"]],
  ["[Tea ⟦1⟧](/tea)", "[Tea](/tea)", ["1@4"]],
  ["See [⟦1⟧ and more]", "See [ and more]", ["1@5"]],
  ["Tea.⟦1⟧⟦1⟧", "Tea.", ["1@4", "1@4"]],
];

const dropped: [answer: string, text: string][] = [
  ["Tea ⟦4⟧.", "Tea."],
  ["Tea ⟦0⟧.", "Tea."],
  ["Tea ⟦9-12⟧.", "Tea."],
  ["Tea ⟦99999⟧.", "Tea."],
  ["Tea ⟦", "Tea"],
  ["Tea ⟦1", "Tea"],
  ["Tea ⟦1, ", "Tea"],
  ["Tea ⟦sour", "Tea"],
];

const kept = [
  "const x = a[1];",
  "See [1](https://example.com/1) and [1].",
  "A footnote[^1], and [^1]: this.",
  "Semantics: ⟦x⟧ and ⟦e + 1⟧ and ⟦⟧ and ⟦ ⟧",
  "⟦x",
  "⟦source⟧ ⟦1.5⟧ ⟦1⟦ x",
  "Ends with a space ",
  "Ends with a bracket [",
  "Ends with ( ",
  "A list (1), (2), [3]; and 〚1〛 【1】 ⟨1⟩.",
  "`⟦1⟧` and ``a ` ⟦1⟧`` and ```` ``⟦1⟧ ````",
  "`a\n⟦1⟧ b`",
  "```\n⟦1⟧\n```",
  "```js\nconst a = 1; // ⟦1⟧\n",
  "````\n```\n⟦1⟧\n````",
  "~~~\n`⟦1⟧ ```\n~~~",
  "~~~ info ⟦1⟧\n~~~",
  "- item\n\n  ```sh\n  echo ⟦1⟧\n  ```",
  "1. ```\n   ⟦1⟧\n   ```",
  "> ```\n> ⟦1⟧\n> ```",
  "Code:\n\n    a ⟦1⟧\n\n    ⟦2⟧",
  "\tcode ⟦1⟧",
];

const besideCode: [answer: string, text: string, citations: string[]][] = [
  ["`a` ⟦1⟧", "`a`", ["1@3"]],
  ["`a`⟦1⟧ and ``b`` ⟦2⟧", "`a` and ``b``", ["1@3", "2@13"]],
  ["```\na\n```\n⟦1⟧", "```\na\n```\n", ["1@10"]],
  ["```\na\n``` ⟦1⟧\nb ⟦2⟧", "```\na\n```\nb", ["1@9", "2@11"]],
  ["~~~\na\n~~~~\nb ⟦1⟧", "~~~\na\n~~~~\nb", ["1@12"]],
  ["> ```\n> a\n\nb ⟦1⟧", "> ```\n> a\n\nb", ["1@12"]],
  ["```code``` ⟦1⟧", "```code```", ["1@10"]],
  ["An \\` and ⟦1⟧", "An \\` and", ["1@9"]],
  ["An open ` here.\n\nNext ⟦1⟧", "An open ` here.\n\nNext", ["1@21"]],
  ["An open ` here.\n- Next ⟦1⟧", "An open ` here.\n- Next", ["1@22"]],
  ["- item\n\n    in the item ⟦1⟧", "- item\n\n    in the item", ["1@23"]],
  ["Text\n    goes on ⟦1⟧", "Text\n    goes on", ["1@16"]],
  ["    code ⟦1⟧\ntext ⟦2⟧", "    code ⟦1⟧\ntext", ["2@17"]],
  ["# `a` ⟦1⟧\n", "# `a`\n", ["1@5"]],
];

describe("a marker is removed, and cites the sources that it names", () => {
  for (const [answer, text, citations] of [...removed, ...besideCode]) {
    test(JSON.stringify(answer), () => assert.deepEqual(filter([answer]), { text, citations }));
  }
});

describe("a marker without a given number, or cut off by the end, is removed and cites nothing", () => {
  for (const [answer, text] of dropped) {
    test(JSON.stringify(answer), () => assert.deepEqual(filter([answer]), { text, citations: [] }));
  }
});

describe("what is no marker stays as it is", () => {
  for (const answer of kept) {
    test(JSON.stringify(answer), () => assert.deepEqual(filter([answer]), { text: answer, citations: [] }));
  }
});

/** Answers made of everything that can stand next to a marker, in any order. */
const answers = fc
  .array(
    fc.constantFrom(
      ...["⟦1⟧", "⟦2, 3⟧", "⟦ 1-3 ⟧", "⟦source 2⟧", "[⟦1⟧]", "(⟦1⟧, ⟦2⟧)", "⟦9⟧", "⟦x⟧", "⟦", "⟧", "[", "]", "(", ")"],
      ...["1", "2", ",", ", ", ";", "-", " ", "  ", "    ", "\t", "\n", "\n\n", "\r\n", "> ", "- ", "1. ", "# ", "\\"],
      ...["`", "``", "```", "~~~", "a", "source ", "and ", "Tea. ", "🍵", "é", "茶", "\ud83c", "[1](/x)", "[^1]"],
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

test("every answer cut at every position gives the same text, citations and offsets: 3,000 random answers", () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const expected = filter([answer]);
      assert.deepEqual(filter(answer.split("")), expected);
      for (let at = 1; at < answer.length; at += 1) {
        assert.deepEqual(filter([answer.slice(0, at), answer.slice(at)]), expected, `cut at ${at}`);
      }
    }),
    { numRuns: 3000 },
  );
});

test("only given numbers are cited, and what is left is the answer without some of its characters", () => {
  fc.assert(
    fc.property(answers, fc.subarray([1, 2, 3, 9]), (answer, numbers) => {
      const { text, citations } = filter([answer], numbers);
      for (const citation of citations) assert.ok(numbers.includes(Number(citation.split("@")[0])), citation);
      let at = 0;
      for (const char of answer) if (text.startsWith(char, at)) at += char.length;
      assert.equal(at, text.length);
    }),
    { numRuns: 3000 },
  );
});

test("no more than 256 characters are ever held back, and one outside of a marker", () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const markers = new CitationMarkers(given);
      let out = 0;
      for (const [at, char] of answer.split("").entries()) {
        for (const piece of markers.push(char)) out += piece.type === "text" ? piece.text.length : piece.removed.length;
        const held = answer.slice(out, at + 1);
        assert.ok(held.length <= 256, held);
        if (!held.includes("⟦")) assert.ok(held.length <= 3, held);
      }
    }),
    { numRuns: 3000 },
  );
  const markers = new CitationMarkers(given);
  const endless = `⟦${"1, ".repeat(100_000)}`;
  const startedAt = performance.now();
  const shown = markers.push(endless).map((piece) => (piece.type === "text" ? piece.text : ""));
  assert.ok(endless.length - shown.join("").length <= 256);
  assert.ok(performance.now() - startedAt < 10_000);
});
