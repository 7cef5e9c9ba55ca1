// Everything that a provider can do wrong: one ending each, the published code, and not a word of the provider's.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { errorStatus, isErrorCode, routes, type Conversation } from "../../protocol/index.ts";
import { anthropicAnswer, azureAnswer, slowly, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { deltas, ending, jsonOf, readStream, TestVisitor, type Streamed } from "../support/client.ts";
import { storedObjects } from "../support/object-storage.ts";
import { at } from "../../scripts/lib/root.ts";
import { canary, CanarySearch } from "../support/canary.ts";
import { expectedEnding, faultMatrix, type FaultCase } from "../support/fault-matrix.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

const providers = ["anthropic", "azure"] as const;

const long = Array.from({ length: 300 }, (_, at) => `${at} `);
const longAnthropic = anthropicAnswer({ text: long });
const longAzure = azureAnswer({ text: long });

const search = new CanarySearch();

let upstream: FaultServer;
let worker: TestWorker;
let state: string;

before(async () => {
  upstream = await startFaultServer();
  // The question names the fault, so that all of them can be asked at once.
  upstream.script(({ wire, text }) => {
    const fault = faultMatrix.find(({ name }) => text.includes(`<<${name}>>`));
    // Where a fallback is asked for, only the first provider is at fault.
    const first = /first provider: (\w+)/.exec(text)?.[1];
    const isFirst = first === undefined || (first === "anthropic") === (wire === "anthropic");
    if (!isFirst) return undefined;
    if (text.includes("<<slowly>>")) return slowly(30, wire === "anthropic" ? longAnthropic : longAzure);
    return wire === "anthropic" ? fault?.anthropic : fault?.azure;
  });
  state = await mkdtemp(join(tmpdir(), "rivulet-faults-"));
  worker = await startTestWorker({
    state,
    variables: {
      GRACE_MS: "300",
      HEARTBEAT_MS: "200",
      ANTHROPIC_API_KEY: canary,
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: canary,
      MODELS_ENDPOINT: `${upstream.url}/models`,
      PROVIDER_FIRST_BYTE_TIMEOUT_MS: "2500",
      PROVIDER_SILENCE_TIMEOUT_MS: "2500",
    },
  });
});

after(async () => {
  await worker.stop();
  await upstream.close();
  await rm(state, { recursive: true, force: true });
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

/** What a fallback cures: whatever came before the first piece, but not what a filter refused. */
function isCured(fault: FaultCase, provider: (typeof providers)[number]): boolean {
  return fault.content === undefined && expectedEnding(fault, provider) !== "content_filtered";
}

for (const provider of providers) {
  describe(`${provider}, with a fallback`, { concurrency: true }, () => {
    for (const fault of faultMatrix) {
      test(fault.name, async () => {
        const visitor = await TestVisitor.arrive(worker.url, `${provider}-fallback`);
        const conversation = crypto.randomUUID();
        const streamed = await visitor.ask(`<<${fault.name}>> first provider: ${provider}`, { conversation });
        const expected = expectedEnding(fault, provider);
        assert.ok(!streamed.raw.includes(canary), "the provider's words reached the browser");
        const warnings = streamed.frames.flatMap(({ event }) => (event.type === "warning" ? [event.code] : []));
        assert.deepEqual(warnings, isCured(fault, provider) ? ["fallback_used"] : []);
        if (isCured(fault, provider)) {
          await assertEnded(visitor, conversation, streamed, { ...fault, ending: "stop", content: "Hello." });
        } else if (fault.content === undefined) {
          await assertRefused(visitor, conversation, streamed, expected);
        } else {
          await assertEnded(visitor, conversation, streamed, { ...fault, ending: expected, content: fault.content });
        }
      });
    }
  });
}

describe("the visitor", { concurrency: true }, () => {
  for (const provider of providers) {
    for (const [when, waitMs] of [
      ["before the headers", 50],
      ["in mid-answer", 1200],
    ] as const) {
      test(`${provider}: leaves ${when}`, async () => {
        const visitor = await TestVisitor.arrive(worker.url, provider);
        const conversation = crypto.randomUUID();
        const leaving = new AbortController();
        const name = when === "in mid-answer" ? "slowly" : "it stalls before its headers";
        const body = { conversation, id: crypto.randomUUID(), userPrompt: `<<${name}>>` };
        const asked = visitor.send(routes.messages, { body, signal: leaving.signal });
        asked.then((response) => readStream(response)).catch(() => undefined);
        await sleep(waitMs);
        leaving.abort();
        await untilSettled(visitor, conversation, when === "before the headers");
      });
    }
  }

  test("reads slowly: the answer is whole all the same", async () => {
    const visitor = await TestVisitor.arrive(worker.url, "anthropic");
    const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "<<one event of 5 MB>>" };
    const response = await visitor.send(routes.messages, { body });
    await sleep(1500); // not a byte is read
    const last = ending(await readStream(response));
    assert.equal(last.content.length, 200_000);
  });

  /** Nobody follows: the turn ends after the grace period, with what came and with usage; or it never began. */
  async function untilSettled(visitor: TestVisitor, conversation: string, mayBeRefused: boolean): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      await sleep(100);
      const response = await visitor.send(routes.conversation(conversation));
      if (response.status === 404 && mayBeRefused && tries > 30) return;
      if (response.status !== 200) continue;
      const [, answer] = (await jsonOf<Conversation>(response)).messages;
      if (answer?.role !== "assistant" || answer.status === "running") continue;
      assert.equal(answer.status, "aborted");
      assert.ok(answer.usage);
      return;
    }
    assert.fail("the turn never ended");
  }
});

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

test("every reservation is settled, and nothing runs on at the provider", async () => {
  for (let tries = 0; upstream.heldCount() > 0 && tries < 100; tries++) await sleep(100);
  assert.equal(upstream.heldCount(), 0);
  await sleep(300);
  const ledgers = storedObjects(state, "Ledger");
  assert.ok(ledgers.length >= 4, `${ledgers.length} ledgers`);
  for (const { name, tables } of ledgers) assert.deepEqual(tables.get("entry"), [], name);
});

test("no response and no log line holds a planted key, a system prompt or a provider's word", () => {
  assert.ok(worker.output().includes('"event":"request"'), "nothing was logged at all");
  search.readLog(worker.output());
  const { responses, bytes, logLines } = search.end();
  assert.ok(
    responses > 400 && bytes > 1_000_000 && logLines > 400,
    `${responses} responses, ${bytes} bytes, ${logLines} lines`,
  );
});

test("the published table says what was measured here", async () => {
  const table = await readFile(at("docs/faults.md"), "utf8");
  for (const fault of faultMatrix) {
    const row = `| ${fault.name} | \`${expectedEnding(fault, "anthropic")}\` | \`${expectedEnding(fault, "azure")}\` |`;
    assert.ok(table.includes(row), `docs/faults.md lacks: ${row}`);
  }
});
