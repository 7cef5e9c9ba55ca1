import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { followUpMarks } from "../../../worker/prompt/follow-ups.ts";
import { FollowUpBlock } from "../../../worker/turn/follow-up-block.ts";

const marks = followUpMarks("k3x9ab");
const { open, close } = marks;

/** Reads a text that arrives in pieces. @returns what is shown and hidden, the block's lines, and whether it is open */
function read(pieces: readonly string[]) {
  const block = new FollowUpBlock(marks);
  const splits = [...pieces.map((piece) => block.push(piece)), block.end(), block.end()];
  const join = (part: "shown" | "hidden") => splits.map((split) => split[part]).join("");
  return { shown: join("shown"), hidden: join("hidden"), text: block.text, isOpen: block.isOpen };
}

/** What is shown of a text that arrives character by character, with "|" where something was hidden. */
function readWithGaps(whole: string): string {
  const block = new FollowUpBlock(marks);
  const splits = [...[...whole].map((unit) => block.push(unit)), block.end()];
  return splits.map(({ shown, hidden }) => (hidden === "" ? shown : `${shown}|`)).join("");
}

const samples: { [name: string]: [text: string, shown: string, text: string] } = {
  "an answer with its block": [`Tea.\n\n${open}\nOne?\nTwo?\n${close}\n`, "Tea.", "\nOne?\nTwo?\n"],
  "without line breaks": [`Tea.${open}One?${close}`, "Tea.", "One?"],
  "two blocks": [`${open}One?${close}\n\nTea.\n${open}Two?${close}`, "\n\nTea.", "One?\nTwo?"],
  "a block that is not closed": [`Tea.\n${open}\nOne?\nTw`, "Tea.", "\nOne?\nTw"],
  "a block whose end is cut off": [`Tea.\n${open}\nOne?\n${close.slice(0, -2)}`, "Tea.", "\nOne?\n"],
  "a mark that is cut off": [`Tea.\n\n${open.slice(0, -2)}`, "Tea.", ""],
  "a mark within code": [`\`\`\`\n${open}\nOne?\n${close}\n\`\`\``, "```\n```", "\nOne?\n"],
  "the beginning of a mark, twice": [`<next-<next-k3x${open}One?${close}`, "<next-<next-k3x", "One?"],
  "nothing but beginnings": ["<ne\n\n\n<next-page>\n<", "<ne\n\n\n<next-page>\n<", ""],
  "the beginning of the mark's own text": ["The tag <next-", "The tag <next-", ""],
  "another mark": ["<next-aaaaaa>\nBuy?\n</next-aaaaaa>\n", "<next-aaaaaa>\nBuy?\n</next-aaaaaa>\n", ""],
  "an end without a beginning": [`Tea.\n${close}`, `Tea.\n${close}`, ""],
};

describe("a block of follow-up questions", () => {
  for (const [name, [whole, shown, text]] of Object.entries(samples)) {
    test(`${name}: the same, wherever the text is cut, and unit by unit`, () => {
      for (let cut = 0; cut <= whole.length; cut += 1) {
        const found = read([whole.slice(0, cut), whole.slice(cut)]);
        assert.deepEqual([found.shown, found.text], [shown, text], `cut at ${cut}`);
        assert.equal(found.shown.length + found.hidden.length, whole.length, "every unit is shown or hidden");
      }
      assert.deepEqual(read([...whole]), read([whole]));
    });
  }

  test("the pieces make no difference, whatever the text is: 2,000 random texts", () => {
    const part = fc.constantFrom(open, close, "<next-", "</next-", "k3x9ab", ">", "<", "\n", "\n\n", "Tea.", "🌊", "`");
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 5 }), (whole, cuts) => {
        const ends = [0, ...cuts.filter((at) => at < whole.length).toSorted((a, b) => a - b), whole.length];
        const pieces = ends.slice(1).map((end, at) => whole.slice(ends[at], end));
        assert.deepEqual(read(pieces), read([whole]));
        assert.ok(!readWithGaps(whole).includes(open), "what is between two blocks has no mark");
      }),
      // When a block is removed, the texts before and after it can form a mark together. This is harmless, because
      // only the model can write such texts. `readWithGaps` keeps them apart.
      { numRuns: 2000, examples: [[`${open.slice(0, -1)}${open}${close}>`, []]] },
    );
  });

  test("at most the beginning of a mark is held back, with two line breaks before it", () => {
    for (const whole of [`Tea.\n\n\n${open.slice(0, -1)}`, "\n".repeat(50), "<".repeat(50)]) {
      const block = new FollowUpBlock(marks);
      let shownChars = 0;
      for (const [at, unit] of [...whole].entries()) {
        shownChars += block.push(unit).shown.length;
        assert.ok(at + 1 - shownChars <= open.length - 1 + 2, `${at + 1 - shownChars} units are held back`);
      }
    }
    const block = new FollowUpBlock(marks);
    assert.equal(block.push("The first piece.").shown, "The first piece.");
  });

  test("of a block without an end, whole lines of at most 4,000 units are kept", () => {
    const { shown, text } = read(["Tea.", open, ..."Why?\n".repeat(3000).split(/(?=W)/)]);
    assert.deepEqual([shown, text.length, text.endsWith("Why?\n")], ["Tea.", 4000, true]);
  });
});
