// A resumed stream continues with the event after the last one that was received. A question that is posted ten times
// is sent to the provider once.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes } from "../../../protocol/index.ts";
import { anthropicAnswer, insertAfter, slowly, type Scenario } from "../../fault-server/index.ts";
import { deltas, ending, readStream, TestVisitor, type Frame } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { seeded } from "../../support/seeded.ts";
import { askWithCuts } from "../support/reconnect.ts";
import { pieces, startRig, type Rig } from "../support/rig.ts";

let rig: Rig;

before(async () => {
  rig = await startRig({ variables: { HEARTBEAT_MS: "300" } });
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

/** 500 events: besides the pieces there are start, status, two usages and the end. */
const text = pieces(495);

function assertWhole(frames: readonly Frame[], answer: string): void {
  assert.deepEqual(
    frames.map(({ id }) => Number(id.slice(id.lastIndexOf(".") + 1))),
    frames.map((_, at) => at + 1),
  );
  const last = ending({ status: 200, headers: new Headers(), frames: [...frames], raw: "" });
  assert.equal(last.content, answer);
  assert.equal(deltas({ status: 200, headers: new Headers(), frames: [...frames], raw: "" }), answer);
}

test("500 events: a stream resumed after any event has exactly the rest, during the turn and after it", async () => {
  rig.upstream.script(insertAfter(490, [{ hold: "end" }], anthropicAnswer({ text })));
  const visitor = await TestVisitor.arrive(rig.worker.url, "chatty");
  const conversation = crypto.randomUUID();
  const seen: Frame[] = [];
  const first = await visitor.send(routes.messages, {
    body: { conversation, id: crypto.randomUUID(), userPrompt: "Hi" },
  });
  const asked = readStream(first, (frame) => seen.push(frame));
  await eventually(() => rig.upstream.heldCount("end") === 1 && seen.length > 480);
  const follow = ({ id }: Frame) => visitor.send(routes.stream(conversation), { headers: { "last-event-id": id } });
  const rest = async (response: Response | Promise<Response>) => (await readStream(await response)).frames;
  // This test resumes after every tenth event while the turn runs, and after every second event when it has ended. The
  // proof in `test/prove` resumes after every event.
  const running = await Promise.all(seen.filter((_, at) => at % 10 === 0).map(follow));
  const tailsOfRunning = Promise.all(running.map(rest));
  rig.upstream.release("end");
  const { frames } = await asked;
  assert.equal(frames.length, 500);
  assertWhole(frames, text.join(""));
  for (const [at, tail] of (await tailsOfRunning).entries()) assert.deepEqual(tail, frames.slice(at * 10 + 1));
  for (let at = 0; at < frames.length; at += 50) {
    const odd = frames.slice(at, at + 50).filter((_, offset) => offset % 2 === 1);
    const tails = await Promise.all(odd.map((frame) => rest(follow(frame))));
    for (const [index, tail] of tails.entries()) assert.deepEqual(tail, frames.slice(at + 2 * index + 2));
  }
  const whole = await readStream(await visitor.send(routes.stream(conversation)));
  assert.deepEqual(whole.frames, frames);
  assert.equal(rig.upstream.requests.length, 1);
});

test("cut and resumed at random, nothing is lost and nothing is repeated", async () => {
  rig.upstream.script(slowly(1, anthropicAnswer({ text })));
  const runs = Array.from({ length: 8 }, async (_, seed) => {
    const visitor = await TestVisitor.arrive(rig.worker.url, seed % 2 === 0 ? "chatty" : "plain");
    const asked = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hi" };
    const { frames, cuts } = await askWithCuts(visitor, asked, seeded(seed));
    assertWhole(frames, text.join(""));
    return cuts;
  });
  const cuts = (await Promise.all(runs)).reduce((sum, count) => sum + count, 0);
  assert.ok(cuts > 10, `only ${cuts} cuts`);
  assert.equal(rig.upstream.requests.length, runs.length);
});

describe("ten requests at once are one turn", () => {
  const paced: Scenario = slowly(5, anthropicAnswer({ text: pieces(40) }));

  test("of one message id", async () => {
    rig.upstream.script(paced);
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    const all = await Promise.all(Array.from({ length: 10 }, () => visitor.ask("Hi", ids)));
    for (const one of all)
      assert.equal(one.raw.replaceAll(/^: .*\n\n?/gm, ""), all[0]?.raw.replaceAll(/^: .*\n\n?/gm, ""));
    assertWhole(all[0]?.frames ?? [], pieces(40).join(""));
    assert.equal(rig.upstream.requests.length, 1);
    assert.equal((await visitor.read(ids.conversation)).messages.length, 2);
  });

  test("of one regenerate id", async () => {
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    const original = await visitor.ask("Hi", ids);
    rig.upstream.script(paced);
    const body = { conversation: ids.conversation, message: ids.id, id: crypto.randomUUID() };
    const regenerate = async () => readStream(await visitor.send(routes.regenerate, { body }));
    const all = await Promise.all(Array.from({ length: 10 }, regenerate));
    for (const one of all) assert.deepEqual(one.frames, all[0]?.frames);
    assertWhole(all[0]?.frames ?? [], pieces(40).join(""));
    assert.deepEqual((await regenerate()).frames, all[0]?.frames);
    assert.equal(rig.upstream.requests.length, 2);
    // The question's own id still belongs to the first turn.
    assert.deepEqual((await visitor.ask("Hi", ids)).frames, original.frames);
    const [, answer] = (await visitor.read(ids.conversation)).messages;
    assert.ok(answer?.role === "assistant" && answer.id === body.id && answer.versions?.length === 1);
  });

  test("that is refused: ten equal refusals, nothing stored, and the id can be used again", async () => {
    rig.upstream.script({ steps: [{ pauseMs: 200 }, { head: { status: 401 } }] });
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    const all = await Promise.all(Array.from({ length: 10 }, () => visitor.ask("Hi", ids)));
    assert.deepEqual(
      all.map(({ error }) => error?.code),
      Array.from({ length: 10 }, () => "provider_rejected"),
    );
    assert.equal(rig.upstream.requests.length, 1);
    assert.equal((await visitor.send(routes.conversation(ids.conversation))).status, 404);
    rig.upstream.script();
    assert.equal(ending(await visitor.ask("Another text", ids)).content, "Hello.");
  });
});

test("clients that do not read do not delay others", async () => {
  const long = pieces(1500);
  rig.upstream.script(anthropicAnswer({ text: long }));
  const visitor = await TestVisitor.arrive(rig.worker.url, "chatty");
  const asked = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hi" };
  const slow = await Promise.all(Array.from({ length: 10 }, () => visitor.send(routes.messages, { body: asked })));
  const quick = await readStream(await visitor.send(routes.messages, { body: asked }));
  assertWhole(quick.frames, long.join(""));
  for (const response of slow) assert.deepEqual((await readStream(response)).frames, quick.frames);
});

test("the worker waits for an upstream that is silent during an answer, and sends heartbeats", async () => {
  const silence = [{ hold: "silence" }];
  rig.upstream.script(insertAfter(4, silence, anthropicAnswer({ text: ["a", "b", "c", "d"] })));
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  const asked = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hi" };
  const { body, headers } = await visitor.send(routes.messages, { body: asked });
  let heartbeats = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      heartbeats += new TextDecoder().decode(bytes).match(/^: still here$/gm)?.length ?? 0;
      controller.enqueue(bytes);
    },
  });
  const streamed = readStream(new Response(body?.pipeThrough(counting), { headers }));
  await eventually(() => heartbeats >= 3);
  rig.upstream.release("silence");
  assert.equal(ending(await streamed).content, "abcd");
});
