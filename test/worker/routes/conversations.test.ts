// What a conversation stores, who may read it, and that a repeated question starts no second turn.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { parseEventId, routes, type ConversationList } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  insertAfter,
  slowly,
  stallAfter,
  startFaultServer,
  type FaultServer,
  type Scenario,
} from "../../fault-server/index.ts";
import { deltas, ending, jsonOf, readStream, sentMessages, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { startTestWorker, type TestWorker } from "../../support/worker.ts";

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  worker = await startTestWorker({
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      MODELS_ENDPOINT: `${upstream.url}/models`,
    },
  });
});

after(async () => {
  await worker.stop();
  await upstream.close();
});

afterEach(() => upstream.reset());

for (const assistant of ["anthropic", "azure"]) {
  test(`${assistant}: the third turn's request has the first two in order, and another visitor can read none of them`, async () => {
    const visitor = await TestVisitor.arrive(worker.url, assistant);
    const conversation = crypto.randomUUID();
    for (const prompt of ["one", "two", "three"]) await visitor.ask(prompt, { conversation });
    const messages = sentMessages(upstream.requests[2]);
    assert.deepEqual(messages, [
      { role: "user", content: "one" },
      { role: "assistant", content: "Hello." },
      { role: "user", content: "two" },
      { role: "assistant", content: "Hello." },
      { role: "user", content: "three" },
    ]);
    const stranger = await TestVisitor.arrive(worker.url, assistant);
    for (const path of [routes.conversation(conversation), routes.stream(conversation)]) {
      const response = await stranger.send(path);
      assert.ok(response.status === 404 || response.status === 204, `${path}: ${response.status}`);
      assert.ok(!(await response.text()).includes("one"));
    }
    const list = await jsonOf<ConversationList>(await stranger.send(routes.conversations));
    assert.deepEqual(list.conversations, []);
    // The same conversation id from another visitor is another conversation.
    await stranger.ask("mine", { conversation });
    assert.deepEqual(sentMessages(upstream.requests[3]), [{ role: "user", content: "mine" }]);
    assert.equal((await visitor.read(conversation)).messages.length, 6);
  });
}

test("a conversation is read in order, and listed under its first question", async () => {
  const visitor = await TestVisitor.arrive(worker.url, "anthropic");
  const conversation = crypto.randomUUID();
  const id = crypto.randomUUID();
  const streamed = await visitor.ask("What is  the tide?\nAnd when?", { conversation, id });
  const last = ending(streamed);
  assert.ok(last.type === "response");
  const read = await visitor.read(conversation);
  assert.equal(read.title, "What is the tide?");
  assert.equal(read.active, null);
  const [question, answer] = read.messages;
  assert.deepEqual([question?.id, question?.content], [id, "What is  the tide?\nAnd when?"]);
  assert.ok(answer?.role === "assistant");
  assert.deepEqual([answer.id, answer.replyTo, answer.content], [last.messageId, id, "Hello."]);
  assert.deepEqual([answer.status, answer.finishReason, answer.usage], ["complete", "stop", last.usage]);
  const list = await jsonOf<ConversationList>(await visitor.send(routes.conversations));
  const [listed] = list.conversations;
  assert.deepEqual([listed?.id, listed?.title, listed?.messageCount], [conversation, "What is the tide?", 2]);
});

test("events are numbered from 1 without a gap, and the deltas add up to the answer", async () => {
  const text = Array.from({ length: 200 }, (_, at) => `${at} `);
  upstream.script(inBursts(20, text));
  const visitor = await TestVisitor.arrive(worker.url, "anthropic");
  const asked = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Count!" };
  const response = await visitor.send(routes.messages, { body: asked });
  const streamed = await readStream(response, ({ event }) => {
    if (event.type === "delta" && /(19|39|59|79|99) $/.test(event.content)) upstream.release("next");
  });
  const last = ending(streamed);
  for (const [at, { id }] of streamed.frames.entries()) {
    assert.deepEqual(parseEventId(id), { answer: last.messageId, seq: at + 1 });
  }
  assert.equal(deltas(streamed), last.content);
  assert.equal(last.content, text.join(""));
  const count = streamed.frames.filter(({ event }) => event.type === "delta").length;
  assert.ok(
    count >= 10 && count < 150,
    `${count} deltas for 10 bursts of 20 pieces: what comes together leaves together`,
  );
});

/** An answer whose pieces come in bursts. Each burst waits until the previous one has been read. */
function inBursts(size: number, text: string[]): Scenario {
  const framesBefore = 2;
  const starts = text.flatMap((_, at) => (at > 0 && at % size === 0 ? [at + framesBefore] : []));
  return starts.reduceRight((answer, at) => insertAfter(at, [{ hold: "next" }], answer), anthropicAnswer({ text }));
}

test("the same id again attaches to the same turn; with a different text it is a conflict", async () => {
  upstream.script(slowly(20, anthropicAnswer({ text: ["a", "b", "c", "d", "e"] })));
  const visitor = await TestVisitor.arrive(worker.url, "anthropic");
  const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
  const [first, second] = await Promise.all([visitor.ask("Hi", ids), visitor.ask("Hi", ids)]);
  const third = await visitor.ask("Hi", ids);
  assert.deepEqual(second.frames, first.frames);
  assert.deepEqual(third.frames, first.frames);
  assert.equal((await visitor.ask("Ho", ids)).error?.code, "conflict");
  assert.equal((await visitor.ask("Hi", { ...ids, conversation: crypto.randomUUID() })).error?.code, "conflict");
  assert.equal(upstream.requests.length, 1);
});

test("a second question during an answer is refused; stop ends the turn and keeps the partial answer", async () => {
  upstream.script(stallAfter(5, anthropicAnswer({ text: ["Par", "tial", "never", "never"] })));
  const visitor = await TestVisitor.arrive(worker.url, "anthropic");
  const conversation = crypto.randomUUID();
  const running = visitor.ask("Hi", { conversation });
  await upstream.waitForRequests(1);
  assert.equal((await visitor.ask("Ho", { conversation })).error?.code, "turn_in_progress");
  const active = await eventually(async () => (await visitor.read(conversation)).active ?? false);
  const body = { conversation, messageId: active.messageId };
  assert.equal((await visitor.send(routes.stop, { body })).status, 202);
  const last = ending(await running);
  assert.ok(last.type === "response" && last.finishReason === "aborted");
  assert.equal(last.usage.source, "estimated");
  const [request] = upstream.requests;
  assert.ok(request);
  await upstream.waitUntilLeft(request);
  assert.equal((await visitor.send(routes.stop, { body })).status, 204);
  const [, answer] = (await visitor.read(conversation)).messages;
  assert.ok(answer?.role === "assistant" && answer.status === "aborted");
  assert.equal(answer.content, last.content);
});

test("a stream can be followed from any of its own events, and from no other", async () => {
  const visitor = await TestVisitor.arrive(worker.url, "anthropic");
  const conversation = crypto.randomUUID();
  const whole = await visitor.ask("Hi", { conversation });
  for (const [at, { id }] of whole.frames.entries()) {
    const response = await visitor.send(routes.stream(conversation), { headers: { "last-event-id": id } });
    const rest = await readStream(response);
    assert.deepEqual(rest.frames, whole.frames.slice(at + 1));
  }
  const other = await visitor.send(routes.stream(conversation), {
    headers: { "last-event-id": `${crypto.randomUUID()}.1` },
  });
  assert.equal(other.status, 204);
  assert.equal((await visitor.send(routes.stream(crypto.randomUUID()))).status, 204);
});
