import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fillTemplate } from "../../../worker/prompt/template.ts";

const awkward = fc.constantFrom(
  "@@context",
  "@@userPrompt",
  "@@",
  "$&",
  "$1",
  "$$",
  "$`",
  "$'",
  "$<a>",
  "\\",
  "{{",
  "🙂",
);

/** Any text, often with sequences that replacement code gets wrong. */
const text = fc.array(fc.oneof(awkward, fc.string({ unit: "grapheme" }), fc.string())).map((parts) => parts.join(""));

/** Text of a template that contains no placeholder, and cannot form one with the text next to it. */
const literal = text.map((value) => value.replaceAll("@", "").replace(/^(context|userPrompt)/, "_"));

type Part = { literal: string } | { name: "context" | "userPrompt" };

const part: fc.Arbitrary<Part> = fc.oneof(
  literal.map((value) => ({ literal: value })),
  fc.constantFrom({ name: "context" as const }, { name: "userPrompt" as const }),
);

test("question and context are inserted unchanged, whatever they contain: 10,000 random cases", () => {
  let placeholders = 0;
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), text, text, (parts, context, userPrompt) => {
      const values = { context, userPrompt };
      const template = parts.map((each) => ("name" in each ? `@@${each.name}` : each.literal)).join("");
      const expected = parts.map((each) => ("name" in each ? values[each.name] : each.literal)).join("");
      placeholders += parts.filter((each) => "name" in each).length;
      assert.equal(fillTemplate(template, values), expected);
    }),
    { numRuns: 10_000 },
  );
  assert.ok(placeholders > 10_000, `only ${placeholders} placeholders were tried`);
});
