import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { AnswerReader } from "../../../widget/announce/answer-reader.ts";
import type { ReadingStart } from "../../../widget/announce/answer-reader.ts";
import { announcements as english } from "../../../widget/strings/en.ts";
import { answerExamples } from "../markdown/answer-examples.ts";
import { gfmExamples } from "../markdown/gfm-examples.ts";
import { readExamples } from "../markdown/spec-examples.ts";
import { knowMarkdown } from "../support/know-markdown.ts";
import { fullAnswer, fullAnswerAnnounced } from "../support/full-answer.ts";

function createReader(start: Partial<ReadingStart> = {}): AnswerReader {
  return new AnswerReader({ lang: "en", strings: english, ...start });
}

/** Everything that can be announced by now, in parts of about this many characters. */
function pull(reader: AnswerReader, text: string, isFinal: boolean, chars = 1): string[] {
  const said: string[] = [];
  for (let words = reader.next(text, isFinal, chars); words !== undefined; words = reader.next(text, isFinal, chars))
    if (words !== "") said.push(words);
  return said;
}

function sayAtOnce(text: string): string[] {
  return pull(createReader(), text, true);
}

function sayInSteps(text: string, stepChars: number, chars = 1): string[] {
  const reader = createReader();
  const said: string[] = [];
  for (let end = 0; end < text.length; end += stepChars) said.push(...pull(reader, text.slice(0, end), false, chars));
  return [...said, ...pull(reader, text, true, chars)];
}

/**
 * Removes the word "Heading". A heading whose underline arrives late is a paragraph at first, and is announced as one,
 * without that word.
 */
function withoutHeadings(said: readonly string[]): string {
  return said.join(" ").replaceAll("Heading: ", "");
}

before(knowMarkdown);

describe("speech text of Markdown", () => {
  for (const [markdown, ...said] of [
    ["## Brewing *tea* ##", "Heading: Brewing tea."],
    ["One. Two *and* **a half**! `Three`", "One.", "Two and a half!", "Three."],
    ["A line\nthat goes on  \nand on", "A line that goes on and on."],
    ["See [the *guide*](https://example.com/a?b=c).", "See the guide."],
    ["See https://example.com/a/very/long?address=1 now.", "See example.com now."],
    ["Ask <mailto:a@example.com> or b@example.com.", "Ask mailto:a@example.com or b@example.com."],
    ["![A cat](https://example.com/cat.png) sleeps", "A cat sleeps."],
    ["- One\n- Two\n  - Three\n", "One.", "Two.", "Three."],
    ["3. Boil. Wait.\n7. Pour", "3. Boil.", "Wait.", "4. Pour."],
    ["- [x] Shop\n- [ ] Cook", "Done: Shop.", "To do: Cook."],
    ["> Quoted *words*", "Quoted words."],
    ["```ts\na\n\nb\n```", "Code, 3 lines, TypeScript."],
    ["```\na\n```", "Code, 1 line."],
    ["    a\n    b\n", "Code, 2 lines."],
    ["~~~zig\na\n~~~", "Code, 1 line, zig."],
    ["| a | b |\n|---|---|\n| c | d |\n| e | f |", "Table, 2 columns, 3 rows."],
    ["So $x$ and $\\frac{1}{2}$ cost $5.", "So x and formula cost $5."],
    ["$$\n\\int x\n$$", "formula."],
    ["Words[^1] here.\n\n[^1]: The *note*.", "Words here.", "Footnote 1: The note."],
    ["One\n\n---\n\nTwo", "One.", "Two."],
    ["A [label][l].\n\n[l]: https://example.com", "A [label][l]."], // as on the screen before its definition arrives
    ["Tom &amp; Jerry \\*really\\*", "Tom & Jerry *really*."],
    ["מה שלומך? הכול **טוב**.", "מה שלומך?", "הכול טוב."],
    ["كيف حالك؟ *بخير* شكرا", "كيف حالك؟", "بخير شكرا."],
    ["كيف حالك؟", "كيف حالك؟"],
    ["はい。いいえ。たぶん", "はい。", "いいえ。", "たぶん."],
    ['Well (or so) "she said"', 'Well (or so) "she said".'],
    ["", ...[]],
  ] as const) {
    it(JSON.stringify(markdown), () => assert.deepEqual(sayAtOnce(markdown), said));
  }

  it("is complete and in order", () => assert.deepEqual(sayAtOnce(fullAnswer), fullAnswerAnnounced));

  it("starts before a paragraph is complete", () => {
    const reader = createReader();
    assert.deepEqual(pull(reader, "One is *here*. Two is", false), ["One is here."]);
    assert.deepEqual(pull(reader, "One is *here*. Two is **a", false), []);
    assert.deepEqual(pull(reader, "One is *here*. Two is **a half**. And so", false), ["Two is a half."]);
    assert.deepEqual(pull(reader, "One is *here*. Two is **a half**. And so", true), ["And so."]);
    assert.deepEqual(pull(createReader(), "これは文です。次の", false), ["これは文です。"]);
  });

  it("waits for text that may change its meaning", () => {
    for (const text of [
      "- One. Two. Thr",
      "[a](b). Two. Thr",
      "| One. Two. Thr",
      "`One. Two. Thr",
      "[a]: /b\nOne. Two. Thr",
      "```\nOne. Two. Thr",
    ])
      assert.deepEqual(pull(createReader(), text, false), [], text);
  });

  it("is split between words if no sentence ends", () => {
    const said = sayAtOnce("word ".repeat(400));
    assert.ok(said.every((words) => words.length <= 600 && /^word.*word\.?$/.test(words)));
    assert.equal(said.join(" "), `${"word ".repeat(400).trim()}.`);
    for (const waves of ["🌊".repeat(700), `x${"🌊".repeat(700)}`]) {
      assert.equal(sayAtOnce(waves).join(""), `${waves}.`);
      assert.ok(sayAtOnce(waves).every((words) => words.isWellFormed()));
    }
  });

  it("is split into parts of about the requested length", () => {
    const said = pull(createReader(), "A sentence of some words. ".repeat(40), true, 100);
    assert.ok(said.every((words) => words.length < 130));
    assert.equal(said.length, 10);
  });
});

describe("each part of an answer is announced once", () => {
  const spec = readFileSync(new URL("../../../node_modules/commonmark-spec/spec.txt", import.meta.url), "utf8");
  const definesLate = /^ {0,3}(?:> ?|[-*+] )?\[[^\]]+\]:/m;
  const texts = [...readExamples(spec), ...gfmExamples, ...answerExamples].map(({ markdown }) => markdown);

  it("for every cut", () => {
    for (const text of [...texts.filter((example) => !definesLate.test(example)), fullAnswer]) {
      const wanted = withoutHeadings(sayAtOnce(text));
      for (let cut = 1; cut < text.length; cut += 1) {
        const reader = createReader();
        const said = [...pull(reader, text.slice(0, cut), false), ...pull(reader, text, true)];
        assert.equal(withoutHeadings(said), wanted, JSON.stringify([text, cut]));
      }
    }
  });

  it("at every speed", () => {
    const wanted = withoutHeadings(fullAnswerAnnounced);
    for (const stepChars of [1, 2, 7, 40, 400])
      for (const chars of [1, 60, 250]) assert.equal(withoutHeadings(sayInSteps(fullAnswer, stepChars, chars)), wanted);
  });

  it("after a reload at any position", () => {
    for (let cut = 1; cut < fullAnswer.length; cut += 1) {
      const before = createReader();
      const said = pull(before, fullAnswer.slice(0, cut - 1), false).slice(0, -1); // the last part was never requested
      const spokenChars = said.join("").length;
      said.push(...pull(createReader({ spokenChars }), fullAnswer.slice(0, cut), false));
      const reader = createReader({ spokenChars: said.join("").length });
      said.push(...pull(reader, fullAnswer.slice(0, cut), false), ...pull(reader, fullAnswer, true));
      assert.equal(withoutHeadings(said), withoutHeadings(fullAnswerAnnounced), String(cut));
    }
  });

  it("on a page that opens late: only the new text", () => {
    const late = createReader({ passedChars: "One. Two. Thr and".length });
    assert.deepEqual(pull(late, "One. Two. Thr and more. Four. Five i", false), ["Thr and more.", "Four."]);
    assert.deepEqual(pull(late, "One. Two. Thr and more. Four. Five is", true), ["Five is."]);
    assert.equal(late.spokenChars, "One.Two.Thr and more.Four.Five is.".length);
  });

  it("if the final text is another one: the rest of it", () => {
    const reader = createReader();
    assert.deepEqual(pull(reader, "One. Two. Three is", false), ["One.", "Two."]);
    assert.deepEqual(pull(reader, "Eins. Two. Three.", true), ["Three."]);
  });

  it("with every kind of line ending", () => {
    assert.deepEqual(sayAtOnce(fullAnswer.replaceAll("\n", "\r\n")), fullAnswerAnnounced);
  });
});

describe("the cost of reading", () => {
  const long: Record<string, string> = {
    "full answer": `${fullAnswer}\n`.repeat(200),
    "one paragraph": "some *ordinary* words with `code`, and [a link](https://example.com). ".repeat(1_200),
    "no end of a sentence": "word ".repeat(16_000),
    "no end of bold": `**${"word ".repeat(16_000)}`,
    list: "1. some words\n".repeat(6_000),
    code: `\`\`\`\n${"const answer = 42;\n".repeat(4_500)}`,
    brackets: "[".repeat(80_000),
    "no spaces": "これは文です。".repeat(11_500),
  };

  /** The CPU time for a text of this length, in milliseconds: the total and the longest call. */
  function costOf(text: string, chars: number): { totalMs: number; longestMs: number } {
    const reader = createReader();
    let [totalMs, longestMs] = [0, 0];
    const call = (end: number) => {
      const start = process.cpuUsage();
      const words = reader.next(text.slice(0, Math.min(end, chars)), end >= chars, 250);
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1000;
      [totalMs, longestMs] = [totalMs + ms, Math.max(longestMs, ms)];
      return words;
    };
    for (let end = 500; end < chars; end += 500) call(end);
    while (call(chars) !== undefined);
    return { totalMs, longestMs };
  }

  for (const [name, text] of Object.entries(long)) {
    it(`grows linearly, and no call is a long task: ${name}`, () => {
      costOf(text, 5_000); // warms up the engine
      // The long text is four times the short one. A linear cost is then four times as high, a quadratic cost sixteen
      // times. The garbage collector and other work on the machine disturb some of the measurements, but not all of
      // them. A cost that is too high, or a task that is too long, shows in every measurement.
      const costs: { excessMs: number; longestMs: number }[] = [];
      const isGood = () => costs.some(({ excessMs }) => excessMs < 50) && costs.some(({ longestMs }) => longestMs < 50);
      while (costs.length < 5 && !isGood()) {
        const [short, whole] = [costOf(text, 20_000), costOf(text, 80_000)];
        costs.push({ excessMs: whole.totalMs - 9 * short.totalMs, longestMs: whole.longestMs });
      }
      assert.ok(isGood(), JSON.stringify(costs));
    });
  }

  it("creates one segmenter per language", () => {
    const { Segmenter } = Intl;
    let made = 0;
    const counted = class extends Segmenter {
      constructor(...settings: ConstructorParameters<typeof Segmenter>) {
        super(...settings);
        made += 1;
      }
    };
    Object.assign(Intl, { Segmenter: counted });
    for (let count = 0; count < 3; count += 1) pull(createReader({ lang: "de" }), fullAnswer, true);
    Object.assign(Intl, { Segmenter });
    assert.equal(made, 1);
  });
});
