// A turn ends when it is stopped or when it has no followers left. The upstream request is closed, and the partial
// answer and its usage are stored.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { routes, type Answer } from "../../../protocol/index.ts";
import { anthropicAnswer, slowly, stallAfter, type ReceivedRequest, type Scenario } from "../../fault-server/index.ts";
import { ending, readStream, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { pieces, startRig, type Rig } from "../support/rig.ts";

/** Long enough for a visitor to reconnect in time on a busy machine. */
const graceMs = 3000;
const heartbeatMs = 250;

let rig: Rig;

before(async () => {
  rig = await startRig({ variables: { GRACE_MS: String(graceMs), HEARTBEAT_MS: String(heartbeatMs) } });
  rig.upstream.script(({ text }) => scenarios[/<<(\w+)>>/.exec(text)?.[1] ?? ""]);
});
after(() => rig[Symbol.asyncDispose]());

const talking = slowly(20, anthropicAnswer({ text: pieces(5000) }));

/** What the upstream does, by the name in the question. No scenario ends by itself while a test waits. */
const scenarios: Record<string, Scenario> = {
  talking,
  silent: stallAfter(5, talking),
  silentBeforeHead: { steps: [{ stall: true }] },
  silentAfterHead: stallAfter(0, talking),
};

interface Begun {
  visitor: TestVisitor;
  conversation: string;
  id: string;
  request: ReceivedRequest;
}

/** Asks, and returns as soon as the upstream has been asked. */
async function begin(scenario: string, signal?: AbortSignal): Promise<Begun & { response: Promise<Response> }> {
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const userPrompt = `<<${scenario}>> ${id}`;
  const response = visitor.send(routes.messages, { body: { conversation, id, userPrompt }, signal });
  response.catch(() => undefined); // some tests abort the request
  const isOurs = ({ text }: ReceivedRequest) => text.includes(id);
  const request = await eventually(
    () => rig.upstream.requests.find(isOurs) ?? assert.fail("the upstream was not asked"),
  );
  return { visitor, conversation, id, request, response };
}

async function storedAnswer({ visitor, conversation }: Begun): Promise<Answer> {
  const [, answer] = (await visitor.read(conversation)).messages;
  assert.ok(answer?.role === "assistant");
  return answer;
}

async function assertAborted(begun: Begun): Promise<void> {
  const answer = await eventually(async () => {
    const stored = await storedAnswer(begun);
    assert.notEqual(stored.status, "running");
    return stored;
  });
  assert.deepEqual([answer.status, answer.finishReason], ["aborted", "aborted"]);
  assert.equal(answer.usage?.source, "estimated");
  assert.ok((answer.usage?.inputTokens ?? 0) > 0);
}

// No scenario ends by itself, so only a stop or a visitor who leaves can close the upstream request. How soon it closes
// is measured by the proofs in `test/prove`.
describe("stop", { concurrency: true }, () => {
  for (const scenario of Object.keys(scenarios)) {
    test(`${scenario}: closes the upstream request at once`, async () => {
      const begun = await begin(scenario);
      let events = 0;
      const streamed = begun.response.then((response) => readStream(response, () => (events += 1)));
      if (scenario === "talking") await eventually(() => events > 5);
      // Before there is an answer, the user message's id identifies the turn.
      const body = { conversation: begun.conversation, messageId: begun.id };
      assert.equal((await begun.visitor.send(routes.stop, { body })).status, 202);
      await rig.upstream.waitUntilLeft(begun.request);
      const last = ending(await streamed);
      assert.ok(last.type === "response" && last.finishReason === "aborted");
      await assertAborted(begun);
      assert.deepEqual((await storedAnswer(begun)).usage, last.usage);
      assert.equal((await storedAnswer(begun)).content, last.content);
    });
  }
});

describe("after the last follower has left", { concurrency: true }, () => {
  for (const scenario of ["talking", "silent"]) {
    test(`${scenario}: the turn ends after the grace period, not earlier`, async () => {
      const leave = new AbortController();
      const begun = await begin(scenario, leave.signal);
      const { body } = await begun.response;
      await body?.getReader().read();
      leave.abort();
      const at = Date.now();
      const tookMs = (await rig.upstream.waitUntilLeft(begun.request)) - at;
      assert.ok(tookMs >= graceMs, `${tookMs} ms: too early for a visitor to reconnect`);
      await assertAborted(begun);
    });
  }

  test("the visitor leaves before the response", async () => {
    const leave = new AbortController();
    const begun = await begin("silentBeforeHead", leave.signal);
    leave.abort();
    const at = Date.now();
    const tookMs = (await rig.upstream.waitUntilLeft(begun.request)) - at;
    assert.ok(tookMs >= graceMs, `${tookMs} ms`);
    await assertAborted(begun);
  });

  test("a visitor who reconnects within the grace period finds the turn running, and one follower is enough", async () => {
    const leave = new AbortController();
    const begun = await begin("talking", leave.signal);
    const { body } = await begun.response;
    await body?.getReader().read();
    leave.abort();
    await sleep(graceMs / 3); // the worker notices that the follower left, and the grace period runs
    const second = new AbortController();
    const response = await begun.visitor.send(routes.stream(begun.conversation), { signal: second.signal });
    assert.equal(response.status, 200);
    await sleep(2 * graceMs + 2 * heartbeatMs); // by now a turn without a follower would have ended
    assert.equal(begun.request.leftAt, undefined, "the turn ended although it had a follower");
    second.abort();
    await rig.upstream.waitUntilLeft(begun.request);
    await assertAborted(begun);
  });
});
