import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze } from "../../../../worker/context/text/analyze.ts";
import { commonWords, isCommonWord } from "../../../../worker/context/text/common-words.ts";

for (const [language, list] of Object.entries(commonWords)) {
  test(`${language}: each common word is found as one, and none is a stop word`, () => {
    const words = list.split(/\s+/);
    const terms = words.map((word) => analyze(word, `${language}-XX`).map(({ term }) => term));
    assert.deepEqual(
      words.filter((_, at) => terms[at]?.length !== 1 || !isCommonWord(terms[at][0] ?? "", language)),
      [],
    );
    assert.equal(new Set(words).size, words.length);
  });
}

test("other words are not common, and no word is in a language without a list", () => {
  assert.equal(isCommonWord("batteri", "en"), false);
  assert.equal(isCommonWord("large", "fi"), false);
});
