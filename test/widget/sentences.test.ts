import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { completeSentences } from "../../widget/view/sentences.ts";

describe("completeSentences", () => {
  for (const [text, whole] of [
    ["", ""],
    ["One", ""],
    ["One. ", ""],
    ["One. Two", "One. "],
    ["A list\n- first\n- sec", "A list\n- first\n"],
    ["はい。いい", "はい。"],
  ] as const) {
    it(JSON.stringify(text), () => assert.equal(text.slice(0, completeSentences(text)), whole));
  }
});
