import assert from "node:assert/strict";
import { test } from "node:test";
import { plainText } from "../../../worker/turn/plain-text.ts";

test("cited words have no marks of Markdown", () => {
  for (const [markdown, expected] of [
    ["A **bold** and a `coded` word.", "A bold and a coded word."],
    ["| E21 | no *voltage* | Push it in. |", "E21 · no *voltage* · Push it in."],
    ["| Code | Meaning |\n| --- | :-: |\n| E21 | none |", "Code · Meaning E21 · none"],
    ["## Codes\n\n1. Unplug it.\n2. Wait.", "Codes Unplug it. Wait."],
    ["> See [the page](/faults#codes), ![a picture](/a.png)", "See the page, a picture"],
    ["5 * 3 - 2 | 4 and a_b__c 2024. It", "5 * 3 - 2 | 4 and a_bc 2024. It"],
    ["a\n\n---\n\nb", "a b"],
    ["", ""],
  ] as const) {
    assert.equal(plainText(markdown), expected);
  }
});
