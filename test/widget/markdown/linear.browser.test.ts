import { expect } from "chai";
import { createRenderer } from "../support/create-renderer.ts";
import { isWebKit } from "../support/engine.ts";

const lines: Record<string, (index: number) => string> = {
  paragraph: () => "some *ordinary* words with `code`, and [a link](https://example.com), ",
  "plain paragraph": () => "some ordinary words that go on and on without an end, ",
  list: (index) => `- item ${index} with **bold** words and \`code\` in it\n`,
  "nested list": (index) => `${"  ".repeat(index % 4)}- item ${index} with words\n`,
  table: (index) => `${index === 0 ? "| a | b |\n|---|---|\n" : ""}| cell ${index} | **bold** |\n`,
  code: (index) => `${index === 0 ? "```js\n" : ""}const answer = compute(${index}); // a comment\n`,
  quote: (index) => `> a line of a quote, number ${index}\n`,
  paragraphs: (index) => `Paragraph ${index} with *some* words.\n\n`,
};

/**
 * The texts whose time is not linear in WebKit. On each change in an element with `dir=auto`, WebKit walks the whole
 * element, which takes about 0.3 ms at 40,000 characters.
 */
const notLinearInWebKit = ["paragraph", "list"];

const attempts = 5;

/** The time for a text of one kind that grows by 40 characters at a time, in milliseconds. */
function timeOf(line: (index: number) => string, chars: number): number {
  let text = "";
  for (let index = 0; text.length < chars; index += 1) text += line(index);
  const renderer = createRenderer(document.createElement("div"), { isEnriched: false });
  const start = performance.now();
  for (let end = 40; end < text.length; end += 40) renderer.update(text.slice(0, end), { isFinal: false });
  renderer.update(text, { isFinal: true });
  return performance.now() - start;
}

/** The time, in milliseconds, to define all references of a paragraph at once when it is already shown. */
function timeOfReferences(count: number): number {
  const labels = Array.from({ length: count }, (_, index) => `[${index}]`);
  const references = `${labels.join(" ")}\n\n`;
  const renderer = createRenderer(document.createElement("div"), { isEnriched: false });
  renderer.update(references, { isFinal: false });
  const start = performance.now();
  renderer.update(`${references}${labels.map((label) => `${label}: a\n`).join("")}`, { isFinal: true });
  return performance.now() - start;
}

describe("the cost of an answer", () => {
  it("grows with its length alone: references whose definitions follow", () => {
    timeOfReferences(50); // warms up the engine
    const ratios: number[] = [];
    while (ratios.length < attempts && !ratios.some((ratio) => ratio < 9)) {
      ratios.push(timeOfReferences(400) / timeOfReferences(100));
    }
    expect(Math.min(...ratios), ratios.map((ratio) => ratio.toFixed(1)).join(", ")).to.be.lessThan(9);
  }).timeout(120_000);

  for (const [name, line] of Object.entries(lines)) {
    const itGrows = isWebKit && notLinearInWebKit.includes(name) ? it.skip : it;
    itGrows(`grows with its length alone: one long ${name}`, () => {
      timeOf(line, 5_000); // warms up the engine
      const ratios: number[] = [];
      // for four times the text, a linear cost is 4 times as high, and a quadratic cost 16 times in every measurement;
      // other work on the machine affects some of the measurements, but not all of them
      while (ratios.length < attempts && !ratios.some((ratio) => ratio < 9)) {
        ratios.push(timeOf(line, 80_000) / timeOf(line, 20_000));
      }
      expect(Math.min(...ratios), `${name}: ${ratios.map((ratio) => ratio.toFixed(1)).join(", ")}`).to.be.lessThan(9);
    }).timeout(120_000);
  }
});
