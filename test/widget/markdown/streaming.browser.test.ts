import { expect } from "chai";
import { knowMarkdown } from "../support/know-markdown.ts";
import { createRenderer } from "../support/create-renderer.ts";
import { answerExamples } from "./answer-examples.ts";
import { gfmExamples } from "./gfm-examples.ts";
import { loadExamples } from "./spec-examples.ts";
import type { Example } from "./spec-examples.ts";
import { oneShot, shape, streamed } from "./stream.ts";

const definesLate = /^ {0,3}(?:> ?|[-*+] )?\[[^\]]+\]:/m;

/**
 * The letters and digits of a text. White space and marks are left out, because an answer may show some of them only at
 * its end.
 */
function words({ textContent }: Element): string {
  return textContent.replace(/[^\p{L}\p{N}]/gu, "");
}

function countElements(container: Element): number {
  return container.querySelectorAll("em, strong, del, code, a, table, math").length;
}

/** Whether all characters of a part are in a text, in this order. */
function contains(text: string, part: string): boolean {
  const chars = [...part].toReversed();
  for (const char of text) if (char === chars.at(-1)) chars.pop();
  return chars.length === 0;
}

describe("a streamed answer", () => {
  let examples: readonly Example[];

  before(async () => {
    await knowMarkdown();
    examples = [...(await loadExamples()), ...gfmExamples, ...answerExamples];
  });

  it("ends like the answer rendered at once, wherever it is cut", () => {
    const different: unknown[] = [];
    for (const { number, markdown } of examples) {
      const wanted = oneShot(markdown);
      for (let cut = 1; cut < markdown.length; cut += 1) {
        const got = streamed([markdown.slice(0, cut), markdown]).html;
        if (got !== wanted) different.push({ number, cut, markdown, got, wanted });
      }
    }
    expect(different.slice(0, 5)).to.deep.equal([]);
  }).timeout(120_000);

  it("ends like the answer rendered at once, character by character, and keeps the nodes of finished blocks", () => {
    const different: unknown[] = [];
    for (const { number, markdown } of examples) {
      const steps = Array.from({ length: markdown.length }, (_, index) => markdown.slice(0, index + 1));
      const { html, replaced } = streamed(steps);
      const wanted = oneShot(markdown);
      const isReplaced = replaced > 0 && !definesLate.test(markdown);
      if (html !== wanted || isReplaced) different.push({ number, markdown, html, wanted, replaced });
    }
    expect(different.slice(0, 5)).to.deep.equal([]);
  }).timeout(120_000);

  it("keeps what it showed if it is cut off, however it arrived", () => {
    const different: unknown[] = [];
    for (const { number, markdown } of examples) {
      const container = document.createElement("div");
      const renderer = createRenderer(container, { isEnriched: false });
      for (let end = 1; end <= markdown.length; end += 1) renderer.update(markdown.slice(0, end), { isFinal: false });
      const [shown, elements] = [words(container), countElements(container)];
      renderer.update(markdown, { isFinal: true, isCutOff: true });
      const [html, wanted] = [shape(container), oneShot(markdown, true)];
      const isKept =
        definesLate.test(markdown) || (contains(words(container), shown) && countElements(container) >= elements);
      if (html !== wanted || !isKept) different.push({ number, markdown, html, wanted, shown });
    }
    expect(different.slice(0, 5)).to.deep.equal([]);
  }).timeout(120_000);

  it("is replaced if the final text is a different one", () => {
    const container = document.createElement("div");
    const renderer = createRenderer(container, { isEnriched: false });
    renderer.update("# Some\n\ntext", { isFinal: false });
    renderer.update("Another **one**", { isFinal: true });
    expect(shape(container)).to.equal(oneShot("Another **one**"));
  });
});
