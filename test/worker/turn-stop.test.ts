// A turn that is stopped, or that nobody follows any more, ends: the upstream is closed, what came stays, usage is there.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type Answer } from "../../protocol/index.ts";
import { anthropicAnswer, slowly, stallAfter, type ReceivedRequest, type Scenario } from "../fault-server/index.ts";
import { ending, readStream, TestVisitor } from "../support/client.ts";
import { eventually, pieces, startRig, type Rig } from "./turn-support/rig.ts";

const graceMs = 600;
const heartbeatMs = 250;

/** What a busy machine may take on top, in milliseconds: the exact figures are measured in the proofs. */
const patienceMs = 3000;

let rig: Rig;

before(async () => {
  rig = await startRig({ variables: { GRACE_MS: String(graceMs), HEARTBEAT_MS: String(heartbeatMs) } });
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

const talking = slowly(20, anthropicAnswer({ text: pieces(2000) }));
const silent = stallAfter(5, talking);
const silentBeforeHead: Scenario = { steps: [{ stall: true }] };
const silentAfterHead = stallAfter(0, talking);

interface Begun {
  visitor: TestVisitor;
  conversation: string;
  id: string;
  request: ReceivedRequest;
}

/** Asks, and goes on as soon as the upstream has been asked. */
async function begin(scenario: Scenario, signal?: AbortSignal): Promise<Begun & { response: Promise<Response> }> {
  rig.upstream.script(scenario);
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const response = visitor.send(routes.messages, { body: { conversation, id, userPrompt: "Hi" }, signal });
  response.catch(() => undefined); // where it is cut
  await rig.upstream.waitForRequests(1);
  const [request] = rig.upstream.requests;
  assert.ok(request);
  return { visitor, conversation, id, request, response };
}

async function storedAnswer({ visitor, conversation }: Begun): Promise<Answer> {
  const [, answer] = (await visitor.read(conversation)).messages;
  assert.ok(answer?.role === "assistant");
  return answer;
}

async function assertAborted(begun: Begun): Promise<void> {
  await eventually(async () => (await storedAnswer(begun)).status !== "running");
  const answer = await storedAnswer(begun);
  assert.deepEqual([answer.status, answer.finishReason], ["aborted", "aborted"]);
  assert.equal(answer.usage?.source, "estimated");
  assert.ok((answer.usage?.inputTokens ?? 0) > 0);
}

describe("stop", () => {
  for (const [name, scenario] of Object.entries({ talking, silent, silentBeforeHead, silentAfterHead })) {
    test(`${name}: closes the upstream at once`, async () => {
      const begun = await begin(scenario);
      const streamed = begun.response.then((response) => readStream(response));
      if (scenario === talking) await new Promise((resolve) => setTimeout(resolve, 300));
      const at = Date.now();
      // The user message's id stands for the turn before there is an answer.
      const body = { conversation: begun.conversation, messageId: begun.id };
      assert.equal((await begun.visitor.send(routes.stop, { body })).status, 202);
      const leftAt = await rig.upstream.waitUntilLeft(begun.request);
      assert.ok(leftAt - at < patienceMs, `${leftAt - at} ms`);
      const last = ending(await streamed);
      assert.ok(last.type === "response" && last.finishReason === "aborted");
      await assertAborted(begun);
      assert.deepEqual((await storedAnswer(begun)).usage, last.usage);
      assert.equal((await storedAnswer(begun)).content, last.content);
    });
  }
});

describe("when the last follower is gone", () => {
  for (const [name, scenario] of Object.entries({ talking, silent })) {
    test(`${name}: the turn ends after the grace period, and not before`, async () => {
      const leave = new AbortController();
      const begun = await begin(scenario, leave.signal);
      const { body } = await begun.response;
      await body?.getReader().read();
      leave.abort();
      const at = Date.now();
      const tookMs = (await rig.upstream.waitUntilLeft(begun.request)) - at;
      assert.ok(tookMs >= graceMs, `${tookMs} ms: nobody could have come back`);
      assert.ok(tookMs < graceMs + 2 * heartbeatMs + patienceMs, `${tookMs} ms`);
      await assertAborted(begun);
    });
  }

  test("left before there was an answer at all", async () => {
    const leave = new AbortController();
    const begun = await begin(silentBeforeHead, leave.signal);
    leave.abort();
    const at = Date.now();
    const tookMs = (await rig.upstream.waitUntilLeft(begun.request, 10_000)) - at;
    // The status line waits 3 s for the provider, and the visitor's leaving is only seen after.
    assert.ok(tookMs >= graceMs && tookMs < 3000 + graceMs + 2 * heartbeatMs + patienceMs, `${tookMs} ms`);
    await assertAborted(begun);
  });

  test("who comes back within the grace period finds the turn running, and one follower is enough", async () => {
    const leave = new AbortController();
    const begun = await begin(talking, leave.signal);
    const { body } = await begun.response;
    await body?.getReader().read();
    leave.abort();
    await new Promise((resolve) => setTimeout(resolve, graceMs / 2));
    const second = new AbortController();
    const response = await begun.visitor.send(routes.stream(begun.conversation), { signal: second.signal });
    assert.equal(response.status, 200);
    await new Promise((resolve) => setTimeout(resolve, 2 * graceMs + 2 * heartbeatMs));
    assert.equal(begun.request.leftAt, undefined, "the turn ended under a follower");
    second.abort();
    await rig.upstream.waitUntilLeft(begun.request);
    await assertAborted(begun);
  });
});
