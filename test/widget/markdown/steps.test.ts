import assert from "node:assert/strict";
import { Session } from "node:inspector/promises";
import { after, before, test } from "node:test";
import type { Block } from "../../../widget/markdown/block.ts";
import { BlockParser } from "../../../widget/markdown/blocks.ts";
import { InlineParser } from "../../../widget/markdown/inline-parser.ts";
import { parserDocuments } from "./built-documents.ts";

/**
 * Maximum number of parser steps per character. A step is one execution of a block of the parser's code. The number of
 * steps is the same on every machine. Ordinary text takes about 30 per character.
 */
const maxStepsPerChar = 300;

const session = new Session();

before(async () => {
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
});

after(() => session.disconnect());

function parse(text: string, isGrowing: boolean): number {
  const parser = new BlockParser();
  for (const line of text.split("\n")) parser.read(line);
  parser.end();
  return parseLeaves(parser.document, { definitions: parser.definitions, isGrowing });
}

/** @returns the number of cells */
function parseLeaves(block: Block, options: ConstructorParameters<typeof InlineParser>[3]): number {
  const sources = block.kind === "row" ? block.cells : block.kind === "paragraph" ? [block.text] : [];
  for (const source of sources) new InlineParser(source, 0, "", options).parse();
  return block.children.reduce((sum, child) => sum + parseLeaves(child, options), block.cells.length);
}

/** The number of executed blocks of the parser's code since the last call. */
async function takeSteps(): Promise<number> {
  const { result } = await session.post("Profiler.takePreciseCoverage");
  return result
    .filter(({ url }) => url.includes("/widget/markdown/"))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

test("a document of 4,000 characters takes a bounded number of steps, whatever is in it", async () => {
  const tooMany: string[] = [];
  for (const [name, text] of parserDocuments()) {
    for (const isGrowing of [false, true]) {
      await takeSteps();
      parse(text, isGrowing);
      const steps = Math.round((await takeSteps()) / text.length);
      if (steps > maxStepsPerChar) tooMany.push(`${name}: ${steps} steps per character`);
    }
  }
  assert.deepEqual(tooMany, []);
});

test("a table gets a bounded number of cells that are not in its text", () => {
  for (const [name, text] of parserDocuments()) {
    const cells = parse(text, false);
    assert.ok(cells <= text.length / 2 + 600, `${name}: ${cells} cells`);
  }
});
