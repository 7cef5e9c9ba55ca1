// What a turn does with the context that its assistant's sources find, on both providers' wires.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import type { ChatEvent } from "../../../protocol/index.ts";
import { anthropicAnswer, anthropicError, azureAnswer } from "../../fault-server/index.ts";
import { ending, TestVisitor, type Streamed } from "../../support/client.ts";
import { startRig, type Rig } from "../support/rig.ts";

let rig: Rig;

before(async () => {
  rig = await startRig({ entry: "test/worker/context-project/entry.ts" });
});
after(() => rig[Symbol.asyncDispose]());
afterEach(() => rig.upstream.reset());

const eventsOf = ({ frames }: Streamed) => frames.map(({ event }) => event);
const ofType = <T extends ChatEvent["type"]>(streamed: Streamed, type: T) =>
  eventsOf(streamed).filter((event): event is Extract<ChatEvent, { type: T }> => event.type === type);
const titles = (streamed: Streamed) =>
  ofType(streamed, "sources").flatMap(({ sources }) => sources.map(({ index, title, url }) => [index, title, url]));
const warnings = (streamed: Streamed) => ofType(streamed, "warning").map(({ code }) => code);

const answers = { claude: anthropicAnswer, foundry: azureAnswer };

for (const assistant of ["claude", "foundry"] as const) {
  describe(`an assistant with a source: ${assistant}`, () => {
    const ask = async (question: string, conversation?: string, visitor?: TestVisitor) => {
      rig.upstream.script(answers[assistant]({ text: "So." }));
      const asking = visitor ?? (await TestVisitor.arrive(rig.worker.url, assistant));
      return asking.ask(question, conversation === undefined ? {} : { conversation });
    };
    const received = () => rig.upstream.requests.at(-1)?.text ?? "";

    test("the passages are in the request, and the page hears of them before the answer", async () => {
      const streamed = await ask("How heavy are the Duo and the Store?");
      assert.ok(received().includes("42 kilograms") && received().includes("2.2 kilowatt hours"));
      assert.deepEqual(titles(streamed), [
        [1, "Duo", "/duo"],
        [2, "Store", "/store"],
      ]);
      const types = eventsOf(streamed).map(({ type }) => type);
      assert.ok(types.indexOf("sources") < types.indexOf("delta"));
      assert.deepEqual(
        ofType(streamed, "status").map(({ status }) => status),
        ["retrieving", "answering"],
      );
      const last = ending(streamed);
      assert.ok(last.type === "response" && last.timing.contextMs !== null && last.sources.length === 2);
    });

    test("a question that refers to the one before it finds that one's passage", async () => {
      const visitor = await TestVisitor.arrive(rig.worker.url, assistant);
      const conversation = crypto.randomUUID();
      await ask("Where is the Store made?", conversation, visitor);
      const streamed = await ask("and how large is it?", conversation, visitor);
      assert.deepEqual(titles(streamed), [[1, "Store", "/store"]]);
      assert.ok(received().includes("2.2 kilowatt hours"));
    });

    test("nothing found: the model is told, there are no sources, and nothing is wrong", async () => {
      const streamed = await ask("What is the capital of Peru?");
      assert.deepEqual([titles(streamed), warnings(streamed)], [[], []]);
      assert.match(received(), /found no passage that fits/);
      assert.equal(ending(streamed).type, "response");
    });

    for (const behavior of ["broken", "missing", "silent"]) {
      test(`a source that is ${behavior}: a warning, the model is told, and the turn ends once`, async () => {
        const streamed = await ask(`How heavy is the Duo? [${behavior}]`);
        assert.deepEqual([titles(streamed), warnings(streamed)], [[], ["context_unavailable"]]);
        assert.match(received(), /could not be searched/);
        assert.equal(ending(streamed).type, "response");
        await rig.worker.printed(/"event":"context_failed"/);
        assert.ok(
          !(await rig.worker.wholeLog()).includes("no such table"),
          "the message of an unknown error is not logged",
        );
      });
    }
  });
}

test("what the operator has to do is in the log", async () => {
  rig.upstream.script(anthropicAnswer());
  await (await TestVisitor.arrive(rig.worker.url, "claude")).ask("[missing]");
  await rig.worker.printed(/"event":"context_failed".*run `npm run ingest`/);
  rig.upstream.script(anthropicAnswer());
  await (await TestVisitor.arrive(rig.worker.url, "patient")).ask("Duo?");
  await rig.worker.printed(/"event":"context_failed".*The binding DOCUMENTS is missing/);
});

test("fixed text and passages are part of every prompt, beside those that are found", async () => {
  rig.upstream.script(anthropicAnswer());
  const streamed = await (await TestVisitor.arrive(rig.worker.url, "patient")).ask("How heavy is the Duo?");
  const body = rig.upstream.requests.at(-1)?.text ?? "";
  assert.ok(["We are Sillwatt.", "Sillwatt, Berlin.", "42 kilograms"].every((text) => body.includes(text)));
  assert.deepEqual(titles(streamed), [
    [1, "Imprint", undefined],
    [2, "Duo", "/duo"],
  ]);
  assert.deepEqual(warnings(streamed), ["context_unavailable"]); // one of the assistant's sources cannot be opened
});

describe("an assistant that refuses if nothing is found", () => {
  for (const question of ["What is the capital of Peru?", "How heavy is the Duo? [broken]"]) {
    test(question, async () => {
      const visitor = await TestVisitor.arrive(rig.worker.url, "refusing");
      const conversation = crypto.randomUUID();
      const streamed = await visitor.ask(question, { conversation });
      const last = ending(streamed);
      assert.ok(last.type === "response");
      assert.match(last.content, /\[Contact us\]\(https:\/\/example\.com\/contact\)/);
      assert.deepEqual([last.finishReason, last.usage.inputTokens, last.usage.outputTokens], ["stop", 0, 0]);
      assert.equal(rig.upstream.requests.length, 0);
      const [, stored] = (await visitor.read(conversation)).messages;
      assert.ok(stored?.role === "assistant" && stored.content === last.content && stored.status === "complete");
    });
  }

  test("what it finds is answered", async () => {
    rig.upstream.script(anthropicAnswer({ text: "42." }));
    const streamed = await (await TestVisitor.arrive(rig.worker.url, "refusing")).ask("How heavy is the Duo?");
    const last = ending(streamed);
    assert.equal(last.type === "response" && last.content, "42.");
  });
});

describe("a question in another language than the documents", () => {
  const question = "この蓄電池の大きさはどのくらいですか？";

  test("is translated by the assistant's model, which is paid for and counted", async () => {
    const used = { prompt_tokens: 50, completion_tokens: 7, total_tokens: 57 };
    rig.upstream.script([
      azureAnswer({ text: "How large is the Store?", usage: used }),
      azureAnswer({ text: "大きい。" }),
    ]);
    const streamed = await (await TestVisitor.arrive(rig.worker.url, "capped")).ask(question);
    assert.deepEqual(titles(streamed), [[1, "Store", "/store"]]);
    const [translation, answer] = rig.upstream.requests.map(({ text }) => text);
    assert.match(translation ?? "", /Translate the user's message into English/);
    assert.ok(answer?.includes("2.2 kilowatt hours") && answer.includes(question));
    const last = ending(streamed);
    assert.ok(last.type === "response" && last.usage.inputTokens > 50 && last.content === "大きい。");
  });

  test("what the provider reports of the translation counts only as far as the request could have used it", async () => {
    const used = { prompt_tokens: 50_000_000, completion_tokens: 70_000_000, total_tokens: 120_000_000 };
    rig.upstream.script([azureAnswer({ text: "The Store?", usage: used }), azureAnswer({ text: "大きい。" })]);
    const { usage } = ending(await (await TestVisitor.arrive(rig.worker.url, "capped")).ask(question));
    assert.ok(usage.inputTokens < 10_000 && usage.outputTokens < 1000, JSON.stringify(usage));
  });

  test("a translation that fails leaves the question without context", async () => {
    rig.upstream.script([anthropicError(400, "invalid_request_error"), anthropicAnswer({ text: "わかりません。" })]);
    const streamed = await (await TestVisitor.arrive(rig.worker.url, "claude")).ask(question);
    assert.deepEqual([titles(streamed), rig.upstream.requests.length], [[], 2]);
    assert.equal(ending(streamed).type, "response");
  });
});

test("a turn that is stopped during its search ends at once, and costs nothing", async () => {
  const visitor = await TestVisitor.arrive(rig.worker.url, "patient");
  const conversation = crypto.randomUUID();
  const id = crypto.randomUUID();
  const body = { conversation, id, userPrompt: "How heavy is the Duo? [silent]" };
  const asking = visitor.send("/v1/messages", { body });
  // The status line waits for at most 3 s; by then the turn is open and still searching.
  const response = await asking;
  assert.equal(response.status, 200);
  const stopped = await visitor.send("/v1/stop", { body: { conversation, messageId: id } });
  assert.equal(stopped.status, 202);
  const text = await response.text();
  assert.match(text, /"finishReason":"aborted"/);
  assert.doesNotMatch(text, /context_unavailable/);
  assert.equal(rig.upstream.requests.length, 0);
});
