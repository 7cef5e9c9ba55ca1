// A conversation with a blank answer continues: nothing blank is sent, and the roles still alternate.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { routes } from "../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicError,
  azureAnswer,
  azureError,
  insertAfter,
  startFaultServer,
  type FaultServer,
  type Scenario,
} from "../fault-server/index.ts";
import { ending, readStream, sentMessages, TestVisitor, type SentBody } from "../support/client.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

/** Answers without visible text. */
const blankAnswers = { "two line breaks": ["\n\n"], "white space in pieces": [" ", "\t\n", "\u00a0"], "no text": [] };

const wires = {
  anthropic: {
    answer: (text: string[]) => anthropicAnswer({ text }),
    refusal: anthropicError(400, "invalid_request_error"),
    /** Frames up to and including the first piece of text. */
    framesToPiece: 3,
  },
  azure: {
    answer: (text: string[]) => azureAnswer({ text }),
    refusal: azureError(400, { type: "invalid_request_error" }),
    framesToPiece: 3,
  },
} as const;

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  // Refuses what Anthropic refuses: blank text ("text content blocks must contain non-whitespace text"), and roles that
  // do not alternate.
  upstream.script(({ wire, text }) => {
    const { answer, refusal, framesToPiece } = wires[wire === "anthropic" ? "anthropic" : "azure"];
    const messages = sentMessages({ text });
    if (messages.some(isBlank) || !alternates(messages)) return refusal;
    const last = JSON.stringify(messages.at(-1));
    for (const [name, pieces] of Object.entries(blankAnswers)) if (last.includes(`<<${name}>>`)) return answer(pieces);
    if (last.includes("<<stop>>")) return heldAfterPiece(framesToPiece, answer(["\n\n", "never sent"]));
    return answer(["Fine."]);
  });
  const variables = { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url };
  const azure = { AZURE_AI_API_KEY: "k", MODELS_ENDPOINT: `${upstream.url}/models` };
  worker = await startTestWorker({ variables: { ...variables, ...azure } });
});
after(async () => {
  await worker.stop();
  await upstream.close();
});

function isBlank({ content }: SentBody["messages"][number]): boolean {
  const texts = Array.isArray(content) ? content.map((block) => String(Object(block).text)) : [String(content)];
  return texts.length === 0 || texts.some((text) => text.trim() === "");
}

function alternates(messages: SentBody["messages"]): boolean {
  return messages.every(({ role }, at) => role === (at % 2 === 0 ? "user" : "assistant"));
}

function heldAfterPiece(frames: number, scenario: Scenario): Scenario {
  return insertAfter(frames, [{ hold: "never released" }], scenario);
}

/** Asks another question, and checks what the provider received. */
async function assertContinues(visitor: TestVisitor, conversation: string): Promise<void> {
  const last = ending(await visitor.ask("three", { conversation }));
  assert.ok(last.type === "response", JSON.stringify(last));
  assert.equal(last.content, "Fine.");
  assert.deepEqual(sentMessages(upstream.requests.at(-1)), [
    { role: "user", content: "one" },
    { role: "assistant", content: "Fine." },
    { role: "user", content: "three" },
  ]);
}

for (const assistant of ["anthropic", "azure"]) {
  describe(assistant, () => {
    for (const name of Object.keys(blankAnswers)) {
      test(`continues after an answer of ${name}`, async () => {
        const visitor = await TestVisitor.arrive(worker.url, assistant);
        const conversation = crypto.randomUUID();
        await visitor.ask("one", { conversation });
        for (let turn = 0; turn < 2; turn += 1) {
          const blank = ending(await visitor.ask(`<<${name}>>`, { conversation }));
          assert.ok(blank.type === "response" && blank.content.trim() === "");
        }
        await assertContinues(visitor, conversation);
      });
    }

    test("continues after a stop at the first line breaks", async () => {
      const visitor = await TestVisitor.arrive(worker.url, assistant);
      const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
      await visitor.ask("one", { conversation });
      const response = await visitor.send(routes.messages, { body: { conversation, id, userPrompt: "<<stop>>" } });
      const stop = () => visitor.send(routes.stop, { body: { conversation, messageId: id } });
      const reading = readStream(response);
      await eventually(() => upstream.heldCount() > 0); // no delta is awaited: the worker may hold line breaks back
      void stop();
      const stopped = ending(await reading);
      assert.ok(stopped.type === "response" && stopped.finishReason === "aborted");
      assert.equal(stopped.content.trim(), "");
      await assertContinues(visitor, conversation);
    });
  });
}
