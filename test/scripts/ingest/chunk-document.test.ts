import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { chunkDocument, type Chunk } from "../../../scripts/lib/ingest/chunk/chunk-document.ts";
import { parseDocument } from "../../../scripts/lib/ingest/parse-document.ts";
import { estimateTokens } from "../../../worker/prompt/tokens.ts";

/** Reads a file and cuts it into passages of at most 60 tokens. */
async function chunk(text: string, language = "en", name = "a.md"): Promise<Chunk[]> {
  return chunkDocument(await parseDocument(name, Buffer.from(text)), { language, maxTokens: 60, overlapTokens: 12 });
}

async function contents(text: string, language?: string): Promise<string[]> {
  return (await chunk(text, language)).map(({ content }) => content);
}

/** A sentence of about ten tokens. */
const sentence = (number: number) => `Sentence number ${number} has about ten tokens.`;
const sentences = (count: number) => Array.from({ length: count }, (_, at) => sentence(at + 1));

suite("chunks", () => {
  test("each section has its own, with the headings above it", async () => {
    const chunks = await chunk("# Title\n\nIntro.\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.\n");
    assert.deepEqual(chunks, [
      { headings: [], content: "Intro.", anchor: undefined },
      { headings: ["A"], content: "One.", anchor: "a" },
      { headings: ["A", "B"], content: "Two.", anchor: "b" },
      { headings: ["C"], content: "Three.", anchor: "c" },
    ]);
  });

  test("sentences stay whole, and each chunk repeats the end of the one before", async () => {
    const chunks = await contents(sentences(12).join(" "));
    assert.ok(chunks.length >= 3);
    for (const [at, text] of chunks.entries()) {
      assert.match(text, /^Sentence .* tokens\.$/);
      assert.ok(estimateTokens(text) <= 60, text);
      const before = chunks[at - 1];
      if (before !== undefined) assert.ok(before.endsWith(text.slice(0, text.indexOf(".") + 1)), "the overlap");
    }
    for (const each of sentences(12))
      assert.ok(
        chunks.some((text) => text.includes(each)),
        each,
      );
  });

  test("the default size is 250 tokens, with an overlap of at most 40", async () => {
    const text = sentences(100).join(" ");
    const chunks = chunkDocument({ sections: [{ headings: [], text }] }, { language: "en" });
    const sizes = chunks.map(({ content }) => estimateTokens(content));
    assert.ok(
      sizes.slice(0, -1).every((size) => size > 200 && size <= 250),
      String(sizes),
    );
    const overlaps = chunks.slice(1).map(({ content }, at) => {
      const starts = content.split(/(?<=\.) /);
      return starts.filter((each) => chunks[at]?.content.includes(each)).length;
    });
    assert.ok(
      overlaps.every((count) => count === 3 || count === 4),
      String(overlaps),
    );
  });

  test("a table repeats its head", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => `| E${at + 10} | what to do about it |`);
    const chunks = await contents(["| Code | Fix |", "| --- | --- |", ...rows].join("\n"));
    assert.ok(chunks.length > 1);
    for (const text of chunks) {
      assert.ok(text.startsWith("| Code | Fix |\n| --- | --- |\n| E"), text);
      assert.ok(estimateTokens(text) <= 60, text);
    }
    assert.deepEqual(
      rows.filter((row) => chunks.filter((text) => text.includes(row)).length !== 1),
      [],
    );
  });

  test("a table whose head needs most of a chunk is read as text, from the head to the last row", async () => {
    const head = `| ${"a long name of a column ".repeat(12)}| Fix |`;
    const rows = Array.from({ length: 5 }, (_, at) => `| E${at + 10} | what to do about it |`);
    const text = (await contents([head, "| --- | --- |", ...rows].join("\n"))).join("\n");
    const places = ["| a long name", ...rows].map((part) => text.indexOf(part));
    assert.ok(
      places.every((place, at) => place > (places[at - 1] ?? -1)),
      text,
    );
  });

  test("a code block that fits is not cut, not even at an empty line", async () => {
    const code = "```sh\nfirst --command with its arguments\n\nsecond --command with its arguments\n```";
    const chunks = await contents(`${sentences(4).join(" ")}\n\n${code}\n`);
    assert.deepEqual(chunks.slice(-1), [code]);
  });

  test("a code block that does not fit is cut between lines, into code blocks", async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `command --number ${at} --with arguments`);
    const chunks = await contents(`\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n`);
    assert.ok(chunks.length > 1);
    for (const text of chunks) assert.match(text, /^```sh\n(?:command .* arguments\n)+```$/);
    assert.equal(chunks.join("\n").match(/command/g)?.length, 30);
  });

  test("items of a list stay whole", async () => {
    const items = Array.from({ length: 10 }, (_, at) => `- Item ${at} has a text\n  and a second line of it.`);
    const chunks = await contents(items.join("\n").replaceAll("text\n  and", "text  \n  and"));
    assert.ok(chunks.length > 1);
    for (const text of chunks) assert.match(text, /^(?:- Item \d has a text\n {2}and a second line of it\.\n?)+$/);
  });
});

suite("languages without spaces", () => {
  const texts: Record<string, string> = {
    ja: "このキットは二人で九十分ほどで取り付けられます。穴を開ける必要はありません。最後の手順まで電気は流れません。",
    zh: "两个人大约九十分钟就可以安装好。不需要钻孔。在最后一步之前都没有电。",
  };
  for (const [language, text] of Object.entries(texts)) {
    test(`${language}: sentences stay whole`, async () => {
      const chunks = await contents(text.repeat(8), language);
      assert.ok(chunks.length > 1);
      for (const content of chunks) {
        assert.ok(estimateTokens(content) <= 60);
        assert.ok(content.endsWith("。"), content);
      }
    });
  }

  test("th: words stay whole", async () => {
    const text = "ภาษาไทยไม่มีช่องว่างระหว่างคำ".repeat(20);
    const words = new Set(
      Array.from(new Intl.Segmenter("th", { granularity: "word" }).segment(text), ({ segment }) => segment),
    );
    const chunks = await contents(text, "th");
    assert.equal(chunks.join(""), text);
    for (const content of chunks) {
      const last = Array.from(
        new Intl.Segmenter("th", { granularity: "word" }).segment(content),
        ({ segment }) => segment,
      ).at(-1);
      assert.ok(words.has(last ?? ""), last);
    }
  });
});

suite("text that no person has written has bounds", () => {
  const large = 5 * 1024 * 1024;
  const texts: Record<string, string> = {
    "one line of 5 MB, with spaces": "word ".repeat(large / 5),
    "one line of 5 MB, without spaces": "x".repeat(large),
    "one line of emoji": "👩‍👩‍👧".repeat(200_000),
    "quotations in quotations": `${"> ".repeat(40_000)}deep`,
    "lists in lists": Array.from({ length: 3000 }, (_, at) => `${" ".repeat(at * 2)}- item`).join("\n"),
    "elements in elements": `${"<div>".repeat(20_000)}deep`,
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, async () => {
      const chunks = chunkDocument(await parseDocument("a.md", Buffer.from(text)), { language: "en" });
      assert.ok(chunks.length > 0 && chunks.length < 10_000);
      for (const { content } of chunks) {
        assert.ok(content.length > 0 && estimateTokens(content) <= 250);
        assert.ok(content.isWellFormed(), "half of a character");
      }
    });
  }

  test("100,000 headings", async () => {
    const text = "## Heading\n\nText.\n\n".repeat(100_000);
    await assert.rejects(chunk(text), { message: "it has more than 10,000 headings: split it into several files." });
  });

  test("more than 10,000 passages", async () => {
    await assert.rejects(chunk("word ".repeat(2_000_000), "en", "a.txt"), {
      message: "it has more than 10,000 passages: split it into several files.",
    });
  });
});
