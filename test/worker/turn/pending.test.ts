// A turn that is not approved yet: no response shows it, a refusal leaves no trace of it, and a repeated question
// joins it.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { routes } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicError,
  stallAfter,
  startFaultServer,
  type FaultServer,
} from "../../fault-server/index.ts";
import { ending, readStream, TestVisitor, type Frame } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { startRig, type Rig } from "../support/rig.ts";
import { rowCounts, storedVisitors, type StoredVisitor } from "../support/state.ts";

/** For how long after the question the worker does not write the turn's beginning, in milliseconds. */
const firstWriteMs = 500;

/** Controls when the ledger answers. */
let gate: FaultServer;
let rig: Rig;
let state: string;

before(async () => {
  state = await makeFolder("state");
  gate = await startFaultServer();
  const variables = { LEDGER_GATE_URL: gate.url };
  rig = await startRig({ state, entry: "test/worker/project/injected-entry.ts", variables });
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  await gate.close();
  await removeFolder(state);
});
beforeEach(() => {
  rig.upstream.reset();
  gate.script({ steps: [{ hold: "ledger" }] });
});

function find(holds: (stored: StoredVisitor) => boolean): StoredVisitor | undefined {
  return storedVisitors(state).find(holds);
}

/** The object in which a question's turn is announced. */
function announced(id: string): StoredVisitor | undefined {
  return find(({ tables }) => tables.get("log")?.some((row) => String(row["frames"]).includes(id)) === true);
}

/** Waits until a turn is announced while the ledger still holds its response. @returns the turn's object */
async function heldTurn(id: string): Promise<StoredVisitor> {
  const stored = await eventually(() => announced(id) ?? assert.fail("the turn is not announced"));
  await eventually(() => assert.equal(gate.heldCount("ledger"), 1));
  return stored;
}

/** Everything that the API returns about a visitor and their conversation. */
async function readAll(visitor: TestVisitor, conversation: string): Promise<unknown[]> {
  const paths = [routes.conversations, routes.conversation(conversation), routes.visitorExport];
  const responses = await Promise.all(paths.map((path) => visitor.send(path)));
  const bodies = await Promise.all(responses.map((response) => response.text()));
  return bodies.map((body) => body.replace(/"(exportedAt|requestId)":("[^"]*"|\d+)/g, ""));
}

describe("while the ledger is asked", () => {
  test("a first question is in no list, no conversation and no export, and a repetition joins it", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    const unasked = await readAll(visitor, ids.conversation);
    const asked = visitor.ask("Hi", ids);
    assert.deepEqual(rowCounts(await heldTurn(ids.id)), { log: 1 });
    assert.deepEqual(await readAll(visitor, ids.conversation), unasked);
    assert.equal(rig.upstream.requests.length, 0);
    const repeated = visitor.ask("Hi", ids);
    gate.release();
    const [first, second] = await Promise.all([asked, repeated]);
    assert.equal(ending(first).content, "Hello.");
    assert.deepEqual(second.frames, first.frames);
    assert.equal(rig.upstream.requests.length, 1);
    const rows = announced(ids.id)?.tables.get("log") ?? [];
    assert.ok(rows.length > 0 && rows.every((row) => Number(row["last_seq"]) > 0), "the turn is no longer announced");
  });

  test("a second question, an edit and a regenerated answer change nothing that can be read", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
    const [conversation, first] = [crypto.randomUUID(), crypto.randomUUID()];
    gate.script();
    await visitor.ask("one", { conversation, id: first });
    gate.script({ steps: [{ hold: "ledger" }] });
    const before = await readAll(visitor, conversation);
    const id = () => crypto.randomUUID();
    for (const [path, body] of [
      [routes.messages, { conversation, id: id(), userPrompt: "two" }],
      [routes.messages, { conversation, id: id(), userPrompt: "eins", replaces: first }],
      [routes.regenerate, { conversation, id: id(), message: first }],
    ] as const) {
      rig.upstream.script(anthropicError(401, "authentication_error"));
      const asked = visitor.send(path, { body });
      await heldTurn(body.id);
      assert.deepEqual(await readAll(visitor, conversation), before);
      gate.release();
      assert.equal((await readStream(await asked)).error?.code, "provider_rejected");
      assert.deepEqual(await readAll(visitor, conversation), before);
      assert.equal(announced(body.id), undefined);
    }
  });
});

describe("refused", () => {
  test("by the provider: no row is left, and the id can be used again", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    rig.upstream.script(anthropicError(401, "authentication_error"));
    const asked = visitor.ask("Hi", ids);
    const { file } = await heldTurn(ids.id);
    gate.script();
    gate.release();
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
      const { file } = await heldTurn(id);
      gate.release();
      assert.equal((await asked).error?.code, expected);
      return rowCounts(find((stored) => stored.file === file) ?? assert.fail());
    };
    for (let turn = 0; turn < 3; turn += 1) assert.equal((await ask())["answer"], 1);
    assert.deepEqual(await ask("rate_limited"), {});
    assert.equal(rig.upstream.requests.length, 3);
  });
});

test("a turn can be read from its first event on, although its beginning is written later", async () => {
  gate.script();
  rig.upstream.script(stallAfter(1, anthropicAnswer()));
  const visitor = await TestVisitor.arrive(rig.worker.url, "anthropic");
  const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
  const started = Promise.withResolvers<Frame>();
  const askedAt = performance.now();
  const response = await visitor.send(routes.messages, { body: { ...ids, userPrompt: "Hi" } });
  const streamed = readStream(response, started.resolve);
  await started.promise;
  const rows = announced(ids.id)?.tables.get("conversation")?.length;
  if (performance.now() - askedAt < firstWriteMs) assert.equal(rows, 0);
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
