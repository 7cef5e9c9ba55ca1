import { expect } from "chai";
import { fuzz } from "./fuzz-run.ts";

/** As many as are quick; `npm run prove -- markdown-fuzz` streams 20,000. */
const documents = 500;

describe("random Markdown under random cuts", () => {
  it("ends as the one that came at once, with nothing that is not allowed on the way", () => {
    const results = Array.from({ length: documents }, (_, seed) => fuzz(seed + 1));
    expect(results.flatMap(({ failure }) => failure ?? []).slice(0, 3)).to.deep.equal([]);
  }).timeout(120_000);
});
