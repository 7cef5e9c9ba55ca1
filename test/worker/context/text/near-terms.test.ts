import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { nearTerms } from "../../../../worker/context/text/near-terms.ts";

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

test("the distance is that of the definition, for any two terms", () => {
  const letter = fc.constantFrom("a", "b", "c");
  const word = fc.string({ unit: letter, minLength: 8, maxLength: 11 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      const expected = distance(one, other);
      const found = nearTerms(one, [other])[0]?.distance;
      assert.equal(found, one === other || expected > 2 ? undefined : expected);
    }),
    { numRuns: 500 },
  );
});

/** The recursive definition of the optimal string alignment distance. */
function distance(one: string, other: string): number {
  if (one === "" || other === "") return one.length + other.length;
  const known = new Map<string, number>();
  function upTo(row: number, column: number): number {
    if (row === 0 || column === 0) return row + column;
    const key = `${row} ${column}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const replaced = upTo(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
    const isSwapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
    const swapped = isSwapped ? upTo(row - 2, column - 2) + 1 : Infinity;
    const shortest = Math.min(upTo(row - 1, column) + 1, upTo(row, column - 1) + 1, replaced, swapped);
    known.set(key, shortest);
    return shortest;
  }
  return upTo(one.length, other.length);
}
