import { expect } from "chai";
import { MarkdownRenderer } from "../../../widget/markdown/markdown-renderer.ts";
import { randomDocument, randomFrom, randomSteps } from "./fuzz.ts";
import { oneShot, shape, strangers } from "./stream.ts";

/** `?documents=20000` runs more: `npm run prove` does. */
const documents = Number(new URLSearchParams(location.search).get("documents") ?? 500);

describe("random Markdown under random cuts", () => {
  it("ends as the one that came at once, with nothing that is not allowed on the way", () => {
    const failures: unknown[] = [];
    for (let seed = 1; seed <= documents && failures.length < 3; seed += 1) {
      const random = randomFrom(seed);
      const text = randomDocument(random);
      const container = document.createElement("div");
      try {
        const renderer = new MarkdownRenderer(container, { isEnriched: false });
        for (const step of randomSteps(text, random)) {
          renderer.update(step, { isFinal: false });
          if (strangers(container).length > 0) failures.push({ seed, text, strangers: strangers(container) });
        }
        renderer.update(text, { isFinal: true });
        if (shape(container) !== oneShot(text))
          failures.push({ seed, text, got: shape(container), wanted: oneShot(text) });
      } catch (error) {
        failures.push({ seed, text, error: String(error), stack: error instanceof Error ? error.stack : "" });
      }
    }
    expect(failures).to.deep.equal([]);
  }).timeout(300_000);
});
