// What a visitor's page receives while a model thinks, and when thinking has used up the model's token limit.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type ChatEvent } from "../../../protocol/index.ts";
import { anthropicAnswer, azureAnswer, insertAfter, type Scenario } from "../../fault-server/index.ts";
import { ending, endingCode, readStream, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { startRig, type Rig } from "../support/rig.ts";

let rig: Rig;

before(async () => {
  rig = await startRig();
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

/** Asks an assistant once; returns the events, and how the answer is stored. */
async function exchange(assistant: string, scenario: Scenario) {
  rig.upstream.script(scenario);
  const visitor = await TestVisitor.arrive(rig.worker.url, assistant);
  const conversation = crypto.randomUUID();
  const streamed = await visitor.ask("Why?", { conversation });
  const [, stored] = (await visitor.read(conversation)).messages;
  assert.ok(stored?.role === "assistant");
  return { streamed, events: streamed.frames.map(({ event }) => event), stored };
}

const statuses = (events: ChatEvent[]) => events.flatMap((event) => (event.type === "status" ? [event.status] : []));
const warnings = (events: ChatEvent[]) => events.flatMap((event) => (event.type === "warning" ? [event.code] : []));

describe("a model that has thought its limit away", () => {
  for (const [name, scenario] of [
    ["with its thinking sent", anthropicAnswer({ thinking: ["Let me ", "see"], text: [], stopReason: "max_tokens" })],
    ["with its thinking omitted", anthropicAnswer({ isThinkingOmitted: true, text: [], stopReason: "max_tokens" })],
    ["after a blank line", anthropicAnswer({ thinking: "Hm", text: ["\n\n"], stopReason: "max_tokens" })],
  ] as const) {
    test(`${name}: a warning before the end, also in the stored answer and in the log`, async () => {
      const { streamed, events, stored } = await exchange("thinking", scenario);
      const last = ending(streamed);
      assert.ok(last.type === "response");
      assert.deepEqual([last.finishReason, last.content.trim()], ["length", ""]);
      assert.deepEqual(warnings(events), ["thought_too_long"]);
      assert.deepEqual(
        stored.warnings.map(({ code }) => code),
        ["thought_too_long"],
      );
      await rig.worker.printed(/"event":"thought_too_long"/);
    });
  }

  test("hidden reasoning on Azure: the same warning", async () => {
    const usage = { prompt_tokens: 12, completion_tokens: 900, completion_tokens_details: { reasoning_tokens: 900 } };
    const { events } = await exchange("thinking-hidden", azureAnswer({ text: [], finishReason: "length", usage }));
    assert.deepEqual(warnings(events), ["thought_too_long"]);
  });

  test("an answer that was cut later, and one that is empty for another reason, have no such warning", async () => {
    const cut = await exchange("thinking", anthropicAnswer({ thinking: "Hm", text: "So", stopReason: "max_tokens" }));
    const refused = await exchange("thinking", anthropicAnswer({ text: [], stopReason: "refusal" }));
    assert.deepEqual([...warnings(cut.events), ...warnings(refused.events)], []);
  });
});

describe("the status of a model that thinks", () => {
  test("an empty block with a signature is thinking, and there is nothing to show", async () => {
    const scenario = anthropicAnswer({ isThinkingOmitted: true, text: "So." });
    const { events, streamed } = await exchange("thinking-aloud", scenario);
    assert.deepEqual(statuses(events), ["reasoning", "answering"]);
    assert.ok(!events.some(({ type }) => type === "reasoning"));
    const last = ending(streamed);
    assert.equal(last.type === "response" && last.content, "So.");
  });

  test("what it thinks is sent only where it is exposed", async () => {
    const scenario = anthropicAnswer({ thinking: ["Let me ", "see."], text: "So." });
    const content = (events: ChatEvent[]) =>
      events.map((event) => (event.type === "reasoning" ? event.content : "")).join("");
    assert.equal(content((await exchange("thinking-aloud", scenario)).events), "Let me see.");
    const hidden = await exchange("thinking", scenario);
    assert.equal(content(hidden.events), "");
    assert.deepEqual(statuses(hidden.events), ["reasoning", "answering"]);
  });

  test("a provider that says nothing of it: from its acceptance on, because the assistant's model thinks", async () => {
    const { events } = await exchange("thinking-hidden", azureAnswer({ text: "So." }));
    assert.deepEqual(statuses(events), ["reasoning", "answering"]);
  });

  test("it reaches the page within 300 ms of the first event of thinking", async () => {
    const times: number[] = [];
    while (times.length < 5 && !times.some((ms) => ms < 300)) {
      // `message_start`, then silence, then the first event of an empty block, then silence again
      const answer = anthropicAnswer({ isThinkingOmitted: true, text: "So.", model: "claude-fault-1" });
      rig.upstream.script(insertAfter(1, [{ hold: "think" }], insertAfter(2, [{ hold: "answer" }], answer)));
      const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
      const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Why?" };
      let seenAt: number | undefined;
      const response = await visitor.send(routes.messages, { body });
      const read = readStream(response, ({ event }) => {
        if (event.type === "status" && event.status === "reasoning") seenAt = performance.now();
      });
      await eventually(() => assert.equal(rig.upstream.heldCount("think"), 1));
      const at = performance.now();
      rig.upstream.release("think");
      times.push((await eventually(() => seenAt ?? false)) - at);
      await eventually(() => assert.equal(rig.upstream.heldCount("answer"), 1));
      rig.upstream.release("answer");
      assert.equal(endingCode(await read), "ok");
      rig.upstream.reset();
    }
    assert.ok(
      times.some((ms) => ms < 300),
      `${times.map(Math.round).join(", ")} ms`,
    );
  });
});

test("money is reserved for the thinking too: the limit on the wire is what is reserved", async () => {
  const answer = anthropicAnswer({ text: "So.", usage: { output_tokens: 10 } });
  rig.upstream.script(insertAfter(1, [{ hold: "first" }], answer));
  const first = await TestVisitor.arrive(rig.worker.url, "thinking-capped");
  const running = first.ask("Why?");
  await eventually(() => assert.equal(rig.upstream.heldCount("first"), 1));
  assert.equal(Object(rig.upstream.requests[0]?.json).max_tokens, 3048);
  // 3,048 of 5,000 are reserved: without the room for thinking there would be enough for another turn
  const second = await TestVisitor.arrive(rig.worker.url, "thinking-capped");
  assert.equal(endingCode(await second.ask("And why?")), "budget_exhausted");
  rig.upstream.release("first");
  assert.equal(endingCode(await running), "ok");
  // the first turn used only 10: there is room again
  await eventually(async () => {
    const third = await TestVisitor.arrive(rig.worker.url, "thinking-capped");
    rig.upstream.script(answer);
    assert.equal(endingCode(await third.ask("And now?")), "ok");
  });
});
