import assert from "node:assert/strict";
import { test } from "node:test";
import { pairwise, product } from "../support/pairwise.ts";

test("each value of a factor meets each value of every other one, in far fewer rows than all combinations", () => {
  const factors = { a: [1, 2, 3, 4, 5, 6], b: ["x", "y", "z"], c: [true, false], d: ["p", "q", "r"] };
  const rows = pairwise<{ a: number; b: string; c: boolean; d: string }>(factors);
  const all = product<{ a: number; b: string; c: boolean; d: string }>(factors);
  assert.equal(new Set(all.map((row) => JSON.stringify(row))).size, 108);
  for (const { a, b, c, d } of all) {
    for (const isMet of [
      (row: (typeof all)[0]) => row.a === a && row.b === b,
      (row: (typeof all)[0]) => row.a === a && row.c === c,
      (row: (typeof all)[0]) => row.a === a && row.d === d,
      (row: (typeof all)[0]) => row.b === b && row.c === c,
      (row: (typeof all)[0]) => row.b === b && row.d === d,
      (row: (typeof all)[0]) => row.c === c && row.d === d,
    ])
      assert.ok(rows.some(isMet));
  }
  assert.ok(rows.length <= 24, `${rows.length} rows`);
});
