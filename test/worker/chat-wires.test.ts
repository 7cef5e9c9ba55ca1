// What vendors of the chat completions wire do differently, and what a visitor of a real worker receives.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { at } from "../../scripts/lib/root.ts";
import { azureAnswer, azureError, jsonAnswer, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { chatWires } from "../support/chat-wires.ts";
import { deltas, ending, sentBody, TestVisitor } from "../support/client.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  // The question names the wire, so that all questions can be asked at once.
  upstream.script(({ text }) =>
    text.includes("<<half of a character>>")
      ? azureAnswer({ text: ["a\ud800b", "\ud83d", "\ude00"] })
      : chatWires.find(({ name }) => text.includes(`<<${name}>>`))?.scenario,
  );
  const variables = { MODELS_ENDPOINT: `${upstream.url}/models`, AZURE_AI_API_KEY: "key" };
  worker = await startTestWorker({ variables });
});

after(async () => {
  await worker.stop();
  await upstream.close();
});

for (const [assistant, isExposed] of [
  ["azure", false],
  ["azure-all", true],
] as const) {
  describe(isExposed ? "reasoning is exposed" : "reasoning is not exposed", { concurrency: 6 }, () => {
    for (const { name, ending: expected, content, reasoning = "", usage = {} } of chatWires) {
      test(name, async () => {
        const visitor = await TestVisitor.arrive(worker.url, assistant);
        const streamed = await visitor.ask(`<<${name}>>`);
        if (streamed.error !== undefined) return assert.deepEqual([streamed.error.code, ""], [expected, content]);
        const last = ending(streamed);
        assert.equal(last.type === "error" ? last.code : last.finishReason, expected);
        assert.deepEqual([last.content, deltas(streamed)], [content, content]);
        const shown = streamed.frames.map(({ event }) => (event.type === "reasoning" ? event.content : ""));
        assert.equal(shown.join(""), isExposed ? reasoning : "");
        if (!isExposed && reasoning !== "") assert.ok(!streamed.raw.includes(reasoning), "the thought was shown");
        assert.deepEqual({ ...last.usage, ...usage }, last.usage);
      });
    }
  });
}

test("half of a character is U+FFFD at the end as in storage, unless the other half follows", async () => {
  const visitor = await TestVisitor.arrive(worker.url, "azure");
  const conversation = crypto.randomUUID();
  const last = ending(await visitor.ask("<<half of a character>>", { conversation }));
  assert.equal(last.content, "a\ufffdb😀");
  const { messages } = await visitor.read(conversation);
  assert.deepEqual(
    messages.map(({ content }) => content),
    ["<<half of a character>>", last.content],
  );
});

test("`[DONE]` alone is tried again before the visitor is told", async () => {
  const visitor = await TestVisitor.arrive(worker.url, "azure");
  const before = upstream.requests.length;
  await visitor.ask("<<`[DONE]` alone>> again");
  assert.equal(upstream.requests.length - before, 3);
});

describe("a field that the model does not take", () => {
  const refusals = {
    "422, `extra_forbidden`": jsonAnswer(422, {
      message: {
        detail: [
          { type: "extra_forbidden", loc: ["body", "max_completion_tokens"], msg: "Extra inputs are not permitted" },
        ],
      },
    }),
    "400, `unknown_parameter`": azureError(400, {
      code: "unknown_parameter",
      param: "max_completion_tokens",
      message: "Unknown parameter.",
    }),
  };

  for (const [name, refusal] of Object.entries(refusals)) {
    test(`${name}: the limit is sent under its other name, and at once for every later visitor`, async () => {
      await using server = await startFaultServer();
      server.script(({ json }) => ("max_completion_tokens" in Object(json) ? refusal : azureAnswer()));
      const variables = { MODELS_ENDPOINT: `${server.url}/models`, AZURE_AI_API_KEY: "key" };
      await using own = await startTestWorker({ variables });
      for (let turn = 0; turn < 3; turn += 1) {
        const visitor = await TestVisitor.arrive(own.url, "azure-reasoning");
        const last = ending(await visitor.ask("Hi"));
        assert.equal(last.type === "response" && last.finishReason, "stop");
      }
      const limit = 222 + 1024; // the assistant's own limit, plus room for thinking at the lowest effort
      assert.deepEqual(
        server.requests.map((request) => sentBody(request).max_tokens),
        [undefined, limit, limit, limit],
      );
    });
  }
});

test("no request announces an encoding that workerd does not decode", () => {
  assert.ok(upstream.requests.length > 0);
  for (const { headers } of upstream.requests) assert.doesNotMatch(headers["accept-encoding"] ?? "", /deflate/);
});

test("the published table matches what was measured here", async () => {
  const table = await readFile(at("docs/faults.md"), "utf8");
  for (const { name, ending: expected } of chatWires) {
    const row = `| ${name} | \`${expected}\` |`;
    assert.ok(table.includes(row), `docs/faults.md does not have this row: ${row}`);
  }
});
