import { expect } from "chai";
import { fuzz } from "./fuzz-run.ts";

/** Few enough to be quick; `npm run prove -- markdown-fuzz` streams 20,000. */
const documents = 500;

describe("random Markdown under random cuts", () => {
  it("ends like the document rendered at once, and never contains anything that is not allowed", () => {
    const results = Array.from({ length: documents }, (_, seed) => fuzz(seed + 1));
    expect(results.flatMap(({ failure }) => failure ?? []).slice(0, 3)).to.deep.equal([]);
  }).timeout(120_000);
});
