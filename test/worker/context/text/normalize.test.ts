import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { normalize } from "../../../../worker/context/text/normalize.ts";

const part = fc.oneof(
  fc.constantFrom("e\u0301", "ｶﾞ", "㍿", "ﬁ", "½", "도", "도서".normalize("NFD"), "น้ำ", "…", "a\u0323\u0307"),
  fc.string({ unit: "grapheme" }),
);
const text = fc.array(part).map((parts) => parts.join(""));

test("is NFKC, whatever is composed or decomposed", () => {
  fc.assert(
    fc.property(text, (given) => {
      assert.equal(normalize(given.normalize("NFD")).text, normalize(given).text);
    }),
  );
});

test("characters that become several come from one place", () => {
  const { text: normalized, startOf, endOf } = normalize("a㍿b");
  assert.equal(normalized, "a株式会社b");
  assert.deepEqual([startOf(1), endOf(3), startOf(5), endOf(6)], [1, 2, 2, 3]);
});

test("digits of other scripts are 0 to 9", () => {
  for (const digits of ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "๐๑๒๓๔๕๖๗๘๙", "०१२३४५६७८९", "０１２３４５６７８９"]) {
    assert.equal(normalize(digits).text, "0123456789");
  }
});

test("invisible characters are gone", () => {
  assert.equal(normalize("Ver\u00adsand\u200b\u2060kosten\ufeff\u200f").text, "Versandkosten");
});
