// A turn that nobody has agreed to yet: nobody meets it, a refusal leaves no trace of it, and a repetition joins it.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { routes } from "../../protocol/index.ts";
import { anthropicError, stallAfter, anthropicAnswer } from "../fault-server/index.ts";
import { ending, readStream, TestVisitor, type Frame } from "../support/client.ts";
import { eventually, startRig, type Rig } from "./turn-support/rig.ts";
import { rowCounts, storedVisitors, type StoredVisitor } from "./turn-support/state.ts";

/** So long the ledger takes to answer, in milliseconds. */
const ledgerMs = 600;

let rig: Rig;
let state: string;

before(async () => {
  state = await mkdtemp(join(tmpdir(), "rivulet-state-"));
  const variables = { LEDGER_DELAY_MS: String(ledgerMs) };
  rig = await startRig({ state, entry: "test/worker/project/injected-entry.ts", variables });
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  await rm(state, { recursive: true });
});
afterEach(() => rig.upstream.reset());

function find(holds: (stored: StoredVisitor) => boolean): StoredVisitor | undefined {
  return storedVisitors(state).find(holds);
}

/** The object in which a turn is announced for a question. */
function announced(id: string): StoredVisitor | undefined {
  return find(({ tables }) => tables.get("log")?.some((row) => String(row["frames"]).includes(id)) === true);
}

/** All that anybody can read of a visitor. */
async function readAll(visitor: TestVisitor, conversation: string): Promise<unknown[]> {
  const paths = [routes.conversations, routes.conversation(conversation), routes.visitorExport];
  const responses = await Promise.all(paths.map((path) => visitor.send(path)));
  const bodies = await Promise.all(responses.map((response) => response.text()));
  return bodies.map((body) => body.replace(/"(exportedAt|requestId)":("[^"]*"|\d+)/g, ""));
}

describe("while the ledger is asked", () => {
  test("a first question is in no list, no conversation and no export; a repetition joins it", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    const unasked = await readAll(visitor, ids.conversation);
    const asked = visitor.ask("Hi", ids);
    await eventually(() => announced(ids.id) !== undefined);
    assert.deepEqual(await readAll(visitor, ids.conversation), unasked);
    assert.deepEqual(rowCounts(announced(ids.id) ?? assert.fail()), { log: 1 });
    assert.equal(rig.upstream.requests.length, 0);
    const [first, second] = await Promise.all([asked, visitor.ask("Hi", ids)]);
    assert.equal(ending(first).content, "Hello.");
    assert.deepEqual(second.frames, first.frames);
    assert.equal(rig.upstream.requests.length, 1);
    assert.equal(announced(ids.id)?.tables.get("log")?.length, 1);
  });

  test("a second question, an edit and another answer change nothing of what is read", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
    const [conversation, first] = [crypto.randomUUID(), crypto.randomUUID()];
    await visitor.ask("one", { conversation, id: first });
    const before = await readAll(visitor, conversation);
    const id = () => crypto.randomUUID();
    for (const [path, body] of [
      [routes.messages, { conversation, id: id(), userPrompt: "two" }],
      [routes.messages, { conversation, id: id(), userPrompt: "eins", replaces: first }],
      [routes.regenerate, { conversation, id: id(), message: first }],
    ] as const) {
      rig.upstream.script(anthropicError(401, "authentication_error"));
      const asked = visitor.send(path, { body });
      await eventually(() => announced(body.id) !== undefined);
      assert.deepEqual(await readAll(visitor, conversation), before);
      assert.equal((await readStream(await asked)).error?.code, "provider_rejected");
      assert.deepEqual(await readAll(visitor, conversation), before);
      assert.equal(announced(body.id), undefined);
    }
  });
});

describe("refused", () => {
  test("by the provider: no row is left, and the id is free", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    rig.upstream.script(anthropicError(401, "authentication_error"));
    const asked = visitor.ask("Hi", ids);
    await eventually(() => announced(ids.id) !== undefined);
    const { file } = announced(ids.id) ?? assert.fail();
    assert.equal((await asked).error?.code, "provider_rejected");
    assert.deepEqual(rowCounts(find((stored) => stored.file === file) ?? assert.fail()), {});
    rig.upstream.script();
    assert.equal(ending(await visitor.ask("Another text", ids)).content, "Hello.");
    assert.equal((await visitor.read(ids.conversation)).messages.length, 2);
  });

  test("by the ledger: no row is left, and the provider was not asked", async () => {
    const ask = async (expected?: string) => {
      const visitor = await TestVisitor.arrive(rig.worker.url, "three-a-day");
      const id = crypto.randomUUID();
      const asked = visitor.ask("Hi", { id });
      await eventually(() => announced(id) !== undefined);
      const { file } = announced(id) ?? assert.fail();
      assert.equal((await asked).error?.code, expected);
      return rowCounts(find((stored) => stored.file === file) ?? assert.fail());
    };
    for (let turn = 0; turn < 3; turn += 1) assert.equal((await ask())["answer"], 1);
    assert.deepEqual(await ask("rate_limited"), {});
    assert.equal(rig.upstream.requests.length, 3);
  });
});

test("from its first event on, everybody finds it, though its beginning is written later", async () => {
  rig.upstream.script(stallAfter(1, anthropicAnswer()));
  const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
  const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
  const started = Promise.withResolvers<Frame>();
  const response = await visitor.send(routes.messages, { body: { ...ids, userPrompt: "Hi" } });
  const streamed = readStream(response, started.resolve);
  await started.promise;
  assert.equal(announced(ids.id)?.tables.get("conversation")?.length, 0);
  const { messages, active } = await visitor.read(ids.conversation);
  assert.deepEqual(
    messages.map(({ content }) => content),
    ["Hi", ""],
  );
  assert.equal(active?.messageId, messages[1]?.id);
  assert.equal((await readAll(visitor, ids.conversation)).filter((body) => String(body).includes(ids.conversation)).length, 3); // prettier-ignore
  await visitor.send(routes.stop, { body: { conversation: ids.conversation, messageId: ids.id } });
  assert.equal(ending(await streamed).type, "response");
});
