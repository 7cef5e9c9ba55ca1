// What a turn does if the documents' database is down, tested with a real worker and its local D1.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { globSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { ChatEvent } from "../../../protocol/index.ts";
import { anthropicAnswer, azureAnswer } from "../../fault-server/index.ts";
import { ending, TestVisitor } from "../../support/client.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { startRig, type Rig } from "../support/rig.ts";

let rig: Rig;
let state = "";
const start = () => startRig({ entry: "test/worker/context-project/entry.ts", state });

before(async () => {
  state = await makeFolder("state");
  rig = await start();
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  await removeFolder(state);
});

const answers = { documents: anthropicAnswer, "documents-foundry": azureAnswer };

/**
 * Asks a question, and asserts that exactly one event ends the turn, which is also the last event.
 * @returns the turn's warnings, and the event that ended it
 */
async function ask(assistant: string) {
  const visitor = await TestVisitor.arrive(rig.worker.url, assistant);
  const streamed = await visitor.ask("How heavy is the Duo?");
  const events = streamed.frames.map(({ event }): ChatEvent => event);
  const endings = events.filter(({ type }) => type === "response" || type === "error");
  assert.deepEqual(endings, events.slice(-1));
  const warnings = events.flatMap((event) => (event.type === "warning" ? [event.code] : []));
  return { warnings, last: ending(streamed) };
}

/** Asserts that assistants with documents answer without them, or refuse if they are set to do so. */
async function expectUnavailable(): Promise<void> {
  for (const [assistant, answer] of Object.entries(answers)) {
    rig.upstream.script(answer({ text: "So." }));
    const { warnings, last } = await ask(assistant);
    assert.deepEqual(warnings, ["context_unavailable"]);
    assert.ok(last.type === "response" && last.content === "So.");
    assert.match(rig.upstream.requests.at(-1)?.text ?? "", /could not be searched/);
  }
  const asked = rig.upstream.requests.length;
  const { warnings, last } = await ask("documents-or-refusal");
  assert.deepEqual(warnings, ["context_unavailable"]);
  assert.ok(last.type === "response" && last.content !== "" && last.sources.length === 0);
  assert.equal(rig.upstream.requests.length, asked);
}

describe("a database that is down: a warning, an answer without sources or a refusal, and one ending", () => {
  test("it has no tables", async () => {
    await expectUnavailable();
    await rig.worker.printed(/"event":"context_failed".*npm run ingest -- documents <folder>/);
  });

  test("its binding is missing", async () => {
    rig.upstream.script(anthropicAnswer({ text: "So." }));
    const { warnings, last } = await ask("documents-unbound");
    assert.deepEqual([warnings, last.type], [["context_unavailable"], "response"]);
    await rig.worker.printed(/"event":"context_failed".*no D1 database with the binding OTHER/);
  });

  test("its file is damaged", async () => {
    await rig[Symbol.asyncDispose]();
    const files = globSync(`${state}/v3/d1/**/*.sqlite*`).filter((file) => !file.includes("metadata"));
    assert.ok(files.length > 0);
    for (const file of files) {
      if (file.endsWith(".sqlite")) writeFileSync(file, randomBytes(40_000));
      else rmSync(file);
    }
    rig = await start();
    await expectUnavailable();
    await rig.worker.printed(/"event":"context_failed".*"detail":"The database DOCUMENTS cannot be searched/);
    assert.doesNotMatch(await rig.worker.wholeLog(), /How heavy/);
  });
});
