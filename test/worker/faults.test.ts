// Everything that a provider can do wrong: one ending each, the published code, and not a word of the provider's.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { errorStatus, isErrorCode } from "../../protocol/index.ts";
import { startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { deltas, ending, TestVisitor, type Streamed } from "../support/client.ts";
import { at } from "../../scripts/lib/root.ts";
import { canary, expectedEnding, faultMatrix, type FaultCase } from "../support/fault-matrix.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

const providers = ["anthropic", "azure"] as const;

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  // The question names the fault, so that all of them can be asked at once.
  upstream.script(({ wire, text }) => {
    const fault = faultMatrix.find(({ name }) => text.includes(`<<${name}>>`));
    return wire === "anthropic" ? fault?.anthropic : fault?.azure;
  });
  worker = await startTestWorker({
    variables: {
      ANTHROPIC_API_KEY: canary,
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: canary,
      MODELS_ENDPOINT: `${upstream.url}/models`,
      PROVIDER_FIRST_BYTE_TIMEOUT_MS: "1500",
      PROVIDER_SILENCE_TIMEOUT_MS: "1500",
    },
  });
});

after(async () => {
  await worker.stop();
  await upstream.close();
});

for (const provider of providers) {
  describe(provider, { concurrency: true }, () => {
    for (const fault of faultMatrix) {
      test(fault.name, async () => {
        const visitor = await TestVisitor.arrive(worker.url, provider);
        const conversation = crypto.randomUUID();
        const streamed = await visitor.ask(`<<${fault.name}>>`, { conversation });
        const expected = expectedEnding(fault, provider);
        assert.ok(!streamed.raw.includes(canary), "the provider's words reached the browser");
        if (fault.content === undefined) await assertRefused(visitor, conversation, streamed, expected);
        else await assertEnded(visitor, conversation, streamed, { ...fault, ending: expected, content: fault.content });
      });
    }
  });
}

/** Refused before it began: a real status, and nothing is stored. */
async function assertRefused(
  visitor: TestVisitor,
  conversation: string,
  streamed: Streamed,
  code: string,
): Promise<void> {
  assert.ok(isErrorCode(code));
  assert.equal(streamed.error?.code, code);
  assert.equal(streamed.status, errorStatus(code));
  assert.equal(streamed.headers.get("access-control-allow-origin"), "*");
  assert.equal(streamed.frames.length, 0);
  const retryAfter = Number(streamed.headers.get("retry-after") ?? "0");
  assert.ok(retryAfter <= 60, `it asks the visitor to wait ${retryAfter} s`);
  assert.equal((await visitor.send(`/v1/conversations/${conversation}`)).status, 404);
}

/** Ended in the stream: exactly once, with what came of the answer, and usage. The store says the same. */
async function assertEnded(
  visitor: TestVisitor,
  conversation: string,
  streamed: Streamed,
  expected: FaultCase & { content: string },
): Promise<void> {
  assert.equal(streamed.status, 200);
  const last = ending(streamed);
  assert.equal(last.type === "error" ? last.code : last.finishReason, expected.ending);
  assert.equal(last.content.length, expected.content.length);
  assert.equal(last.content, expected.content);
  assert.equal(deltas(streamed), expected.content);
  assert.ok(last.usage.inputTokens > 0 && last.usage.outputTokens > 0, JSON.stringify(last.usage));
  const [, answer] = (await visitor.read(conversation)).messages;
  assert.ok(answer?.role === "assistant");
  assert.equal(answer.content, expected.content);
  assert.deepEqual(answer.usage, last.usage);
  assert.equal(answer.status, last.type === "error" ? "failed" : "complete");
}

test("no log line holds the planted key or a provider's word", () => {
  assert.ok(worker.output().includes('"event":"request"'), "nothing was logged at all");
  assert.ok(!worker.output().includes(canary));
});

test("the published table says what was measured here", async () => {
  const table = await readFile(at("docs/faults.md"), "utf8");
  for (const fault of faultMatrix) {
    const row = `| ${fault.name} | \`${expectedEnding(fault, "anthropic")}\` | \`${expectedEnding(fault, "azure")}\` |`;
    assert.ok(table.includes(row), `docs/faults.md lacks: ${row}`);
  }
});
