import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { analyze } from "../../../../worker/context/text/analyze.ts";

interface Collection {
  passages: { id: string; title: string; content: string }[];
  questions: { id: string; text: string; passage: string }[];
}

/**
 * For how many of 20 questions the terms alone must rank the right passage among the first five, by language. There is
 * no help for typing errors, compounds or synonyms.
 */
const found: Record<string, number> = { ar: 17, de: 15, en: 17, fr: 17, ja: 18, th: 19, zh: 18 };

interface Analyzed {
  id: string;
  terms: readonly string[];
}

/** Titles count twice. */
function analyzeAll({ passages }: Collection, language: string): Analyzed[] {
  return passages.map(({ id, title, content }) => ({
    id,
    terms: analyze(`${title}\n${title}\n${content}`, language).map(({ term }) => term),
  }));
}

/** Passages in order of their BM25 score. */
function rank(documents: readonly Analyzed[], question: string, language: string): string[] {
  const averageLength = documents.reduce((sum, { terms }) => sum + terms.length, 0) / documents.length;
  const scores = new Map<string, number>();
  for (const wanted of new Set(analyze(question, language).map(({ term }) => term))) {
    const holders = documents.filter(({ terms }) => terms.includes(wanted));
    const weight = Math.log(1 + (documents.length - holders.length + 0.5) / (holders.length + 0.5));
    for (const { id, terms } of holders) {
      const times = terms.filter((term) => term === wanted).length;
      const saturated = (times * 2.2) / (times + 1.2 * (0.25 + (0.75 * terms.length) / averageLength));
      scores.set(id, (scores.get(id) ?? 0) + weight * saturated);
    }
  }
  return [...scores].toSorted(([, one], [, other]) => other - one).map(([id]) => id);
}

for (const [language, atLeast] of Object.entries(found)) {
  test(`${language}: terms alone find ${atLeast} of 20 passages`, async () => {
    const file = join(import.meta.dirname, `../../../data/retrieval/${language}.json`);
    const data: Collection = JSON.parse(await readFile(file, "utf8"));
    const documents = analyzeAll(data, language);
    const missed = data.questions.filter(
      ({ text, passage }) => !rank(documents, text, language).slice(0, 5).includes(passage),
    );
    assert.ok(20 - missed.length >= atLeast, missed.map(({ text }) => text).join("\n"));
  });
}
