import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

interface Collection {
  language: string;
  passages: { id: string; title: string; content: string }[];
  questions: { id: string; text: string; passage: string; kind: string }[];
}

async function read<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(import.meta.dirname, `../../../data/retrieval/${name}.json`), "utf8"));
}

const kinds = ["irregular", "compound", "unspaced", "typo", "synonym", "plain"];

for (const language of ["ar", "de", "en", "fr", "ja", "th", "zh"]) {
  test(`${language}: 100 passages, and 20 questions whose passage exists`, async () => {
    const { passages, questions, ...data } = await read<Collection>(language);
    assert.equal(data.language, language);
    const ids = new Set(passages.map(({ id }) => id));
    assert.equal(ids.size, 100);
    assert.equal(new Set(passages.map(({ content }) => content)).size, 100);
    assert.equal(questions.length, 20);
    for (const { passage, kind } of questions) {
      assert.ok(ids.has(passage), passage);
      assert.ok(kinds.includes(kind), kind);
    }
  });
}

test("questions across languages and of the threshold name passages that exist", async () => {
  const german = new Set((await read<Collection>("de")).passages.map(({ id }) => id));
  const english = new Set((await read<Collection>("en")).passages.map(({ id }) => id));
  const cross = await read<{ questions: { language: string; passage: string }[] }>("cross-language");
  for (const { passage } of cross.questions) assert.ok(german.has(passage), passage);
  for (const language of ["ar", "ja"])
    assert.equal(cross.questions.filter((each) => each.language === language).length, 10);
  const threshold = await read<{ questions: { documents: string; passage: string | null }[] }>("threshold");
  for (const { documents, passage } of threshold.questions) {
    if (passage !== null) assert.ok((documents === "de" ? german : english).has(passage), passage);
  }
  assert.equal(threshold.questions.filter(({ passage }) => passage === null).length, 30);
  assert.equal(threshold.questions.length, 60);
});
