import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nearTerms, trigrams } from "../../../../worker/context/text/near-terms.ts";

function near(term: string, ...candidates: string[]): string[] {
  return nearTerms(term, candidates).map((each) => each.term);
}

describe("typing errors", () => {
  test("may be a letter added, left out, replaced or swapped", () => {
    assert.deepEqual(near("rabat", "rabatt", "raat", "rabbt", "rabta").toSorted(), [
      "raat",
      "rabatt",
      "rabbt",
      "rabta",
    ]);
  });
  test("are one in a term of 4 to 7 letters, two in a longer one, none in a shorter one", () => {
    assert.deepEqual(near("kat", "kart"), []);
    assert.deepEqual(near("rbat", "rabatt"), []);
    assert.deepEqual(nearTerms("versnadkots", ["versandkost"]), [{ term: "versandkost", distance: 2 }]);
    assert.deepEqual(near("vresnadkots", "versandkost"), []);
  });
  test("are rare in the first letter", () => {
    assert.deepEqual(near("nuller", "fuller", "nulled"), ["nulled", "fuller"]);
    assert.deepEqual(near("passwords", "xasswords", "paswodrs"), ["xasswords", "paswodrs"]);
  });
  test("do not turn a number, a code or a pair of characters into another", () => {
    assert.deepEqual(near("e2100", "e2200"), []);
    assert.deepEqual(near("2024", "2025"), []);
    assert.deepEqual(near("無線通信", "無線通話"), []);
  });
  test("do not lead to the term itself", () => {
    assert.deepEqual(near("rabatt", "rabatt"), []);
  });
});

describe("trigrams", () => {
  test("include the edges of a term", () => {
    assert.deepEqual(trigrams("haus"), ["^ha", "hau", "aus", "us$"]);
    assert.deepEqual(trigrams("𠮷a"), ["^𠮷a", "𠮷a$"]);
  });
  test("of near terms overlap", () => {
    for (const [one, other] of [
      ["rabatt", "rabtat"],
      ["rabat", "rabatt"],
      ["versandkots", "versandkost"],
    ] as const) {
      const shared = trigrams(one).filter((each) => trigrams(other).includes(each));
      assert.notEqual(shared.length, 0, one);
    }
  });
});
