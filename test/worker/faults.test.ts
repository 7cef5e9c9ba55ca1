// Every way in which a provider can fail. Each turn ends exactly once, with the published code and without the
// provider's text.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { errorStatus, isErrorCode, routes, type Conversation } from "../../protocol/index.ts";
import { anthropicAnswer, azureAnswer, slowly, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { deltas, ending, jsonOf, readStream, TestVisitor, type Frame, type Streamed } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { storedObjects } from "../support/object-storage.ts";
import { at } from "../../scripts/lib/root.ts";
import { canary, CanarySearch } from "../support/canary.ts";
import { expectedEnding, faultMatrix, type FaultCase } from "../support/fault-matrix.ts";
import { makeFolder, removeFolder, startTestWorker, type TestWorker } from "../support/worker.ts";

const providers = ["anthropic", "azure"] as const;

/** How long the worker's status line waits for the provider, in milliseconds. A later refusal is sent in the stream. */
const gateMs = 3000;

/** How many questions are asked at once. More would only wait for each other. */
const concurrency = 12;

/** Faults that end in the first-byte timeout. */
const stallsAtFirst = ["the response stalls before the headers", "the response stalls after the headers"];

const long = Array.from({ length: 300 }, (_, at) => `${at} `);
const longAnthropic = anthropicAnswer({ text: long });
const longAzure = azureAnswer({ text: long });

const search = new CanarySearch();

let upstream: FaultServer;
/** Has a first-byte timeout long enough for a busy machine, so that no other fault becomes a timeout. */
let worker: TestWorker;
/**
 * Has a first-byte timeout that ends before the response stream begins, so that a stalled provider is reported with an
 * HTTP status.
 */
let impatient: TestWorker;
let state: string;

before(async () => {
  upstream = await startFaultServer();
  // The question names the fault, so that all questions can be asked at once.
  upstream.script(({ wire, text }) => {
    const fault = faultMatrix.find(({ name }) => text.includes(`<<${name}>>`));
    // With a fallback, only the first provider fails.
    const first = /first provider: (\w+)/.exec(text)?.[1];
    const isFirst = first === undefined || (first === "anthropic") === (wire === "anthropic");
    if (!isFirst) return undefined;
    if (text.includes("<<slowly>>")) return slowly(30, wire === "anthropic" ? longAnthropic : longAzure);
    return wire === "anthropic" ? fault?.anthropic : fault?.azure;
  });
  state = await makeFolder("faults");
  const variables = {
    GRACE_MS: "300",
    HEARTBEAT_MS: "200",
    ANTHROPIC_API_KEY: canary,
    ANTHROPIC_BASE_URL: upstream.url,
    AZURE_AI_API_KEY: canary,
    MODELS_ENDPOINT: `${upstream.url}/models`,
    PROVIDER_FIRST_BYTE_TIMEOUT_MS: "15000",
    PROVIDER_SILENCE_TIMEOUT_MS: "5000",
  };
  [worker, impatient] = await Promise.all([
    startTestWorker({ state, variables }),
    startTestWorker({ variables: { ...variables, PROVIDER_FIRST_BYTE_TIMEOUT_MS: "1500" } }),
  ]);
});

after(async () => {
  await Promise.all([worker.stop(), impatient.stop()]);
  await upstream.close();
  await removeFolder(state);
});

/** An answer, and how long its status line took, in milliseconds. */
interface Answered extends Streamed {
  headMs: number;
}

async function ask(visitor: TestVisitor, conversation: string, userPrompt: string): Promise<Answered> {
  const askedAt = performance.now();
  const body = { conversation, id: crypto.randomUUID(), userPrompt };
  const response = await visitor.send(routes.messages, { body });
  const headMs = performance.now() - askedAt;
  return { ...(await readStream(response)), headMs };
}

for (const provider of providers) {
  describe(provider, { concurrency }, () => {
    for (const fault of faultMatrix) {
      test(fault.name, async () => {
        const { url } = stallsAtFirst.includes(fault.name) ? impatient : worker;
        const visitor = await TestVisitor.arrive(url, provider);
        const conversation = crypto.randomUUID();
        const streamed = await ask(visitor, conversation, `<<${fault.name}>>`);
        const expected = expectedEnding(fault, provider);
        assert.ok(!streamed.raw.includes(canary), "the provider's text reached the browser");
        if (fault.content === undefined) await assertRefused(visitor, conversation, streamed, expected);
        else await assertEnded(visitor, conversation, streamed, { ...fault, ending: expected, content: fault.content });
      });
    }
  });
}

/** Whether a fallback helps: it does before the first piece, unless a content filter refused the prompt. */
function isCured(fault: FaultCase, provider: (typeof providers)[number]): boolean {
  return fault.content === undefined && expectedEnding(fault, provider) !== "content_filtered";
}

for (const provider of providers) {
  describe(`${provider} with a fallback`, { concurrency }, () => {
    for (const fault of faultMatrix) {
      test(fault.name, async () => {
        const visitor = await TestVisitor.arrive(worker.url, `${provider}-fallback`);
        const conversation = crypto.randomUUID();
        const streamed = await ask(visitor, conversation, `<<${fault.name}>> first provider: ${provider}`);
        const expected = expectedEnding(fault, provider);
        assert.ok(!streamed.raw.includes(canary), "the provider's text reached the browser");
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
    test(`${provider}: leaves before the headers`, async () => {
      const visitor = await TestVisitor.arrive(worker.url, provider);
      const conversation = crypto.randomUUID();
      const leaving = new AbortController();
      const userPrompt = `<<the response stalls before the headers>> ${conversation}`;
      const body = { conversation, id: crypto.randomUUID(), userPrompt };
      visitor.send(routes.messages, { body, signal: leaving.signal }).catch(() => undefined); // it is aborted
      await eventually(() => upstream.requests.some(({ text }) => text.includes(conversation)));
      leaving.abort();
      await assertAborted(visitor, conversation);
    });

    test(`${provider}: leaves during the answer`, async () => {
      const visitor = await TestVisitor.arrive(worker.url, provider);
      const conversation = crypto.randomUUID();
      const leaving = new AbortController();
      const body = { conversation, id: crypto.randomUUID(), userPrompt: "<<slowly>>" };
      const response = await visitor.send(routes.messages, { body, signal: leaving.signal });
      const leave = ({ event }: Frame) => event.type === "delta" && leaving.abort();
      await assert.rejects(readStream(response, leave), { name: "AbortError" });
      await assertAborted(visitor, conversation);
    });
  }

  test("reads slowly: the answer is still complete", async () => {
    const visitor = await TestVisitor.arrive(worker.url, "anthropic");
    const body = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "<<one event of 5 MB>>" };
    const response = await visitor.send(routes.messages, { body });
    await sleep(1500); // nothing is read during this time
    const last = ending(await readStream(response));
    assert.equal(last.content.length, 200_000);
  });

  /** Asserts that the turn without followers ends after the grace period, as aborted and with its usage. */
  async function assertAborted(visitor: TestVisitor, conversation: string): Promise<void> {
    await eventually(async () => {
      const response = await visitor.send(routes.conversation(conversation));
      assert.equal(response.status, 200);
      const [, answer] = (await jsonOf<Conversation>(response)).messages;
      assert.ok(answer?.role === "assistant");
      assert.equal(answer.status, "aborted");
      assert.ok(answer.usage);
    });
  }
});

/**
 * Asserts that the question was refused: with an HTTP status and nothing stored, or in the stream if the provider took
 * too long for a status.
 */
async function assertRefused(
  visitor: TestVisitor,
  conversation: string,
  streamed: Answered,
  code: string,
): Promise<void> {
  assert.ok(isErrorCode(code));
  assert.equal(streamed.headers.get("access-control-allow-origin"), "*");
  const isInStream = streamed.status === 200 && streamed.headMs >= gateMs;
  if (isInStream) return assertRefusedInStream(visitor, conversation, streamed, code);
  assert.equal(streamed.error?.code, code);
  assert.equal(streamed.status, errorStatus(code));
  assert.equal(streamed.frames.length, 0);
  const retryAfter = Number(streamed.headers.get("retry-after") ?? "0");
  assert.ok(retryAfter <= 60, `it asks the visitor to wait ${retryAfter} s`);
  assert.equal((await visitor.send(routes.conversation(conversation))).status, 404);
}

async function assertRefusedInStream(
  visitor: TestVisitor,
  conversation: string,
  streamed: Answered,
  code: string,
): Promise<void> {
  const last = ending(streamed);
  assert.ok(last.type === "error");
  assert.deepEqual([last.code, last.content, deltas(streamed)], [code, "", ""]);
  assert.ok((last.retryAfterMs ?? 0) <= 60_000, `it asks the visitor to wait ${last.retryAfterMs} ms`);
  const [, answer] = (await visitor.read(conversation)).messages;
  assert.ok(answer?.role === "assistant");
  assert.deepEqual([answer.status, answer.errorCode, answer.content], ["failed", code, ""]);
}

/** Asserts that the turn ended in the stream exactly once, with the expected answer and its usage; both are stored. */
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

test("every reservation is settled, and no request to the provider is left open", async () => {
  await eventually(() => assert.equal(upstream.heldCount(), 0));
  await eventually(() => {
    const ledgers = storedObjects(state, "Ledger");
    assert.ok(ledgers.length >= 4, `${ledgers.length} ledgers`);
    for (const { name, tables } of ledgers) assert.deepEqual(tables.get("entry"), [], name);
  });
});

test("no response and no log line contains a planted key, a system prompt or a provider's text", async () => {
  for (const each of [worker, impatient]) search.readLog(await each.wholeLog());
  const { responses, bytes, logLines } = search.end();
  assert.ok(
    responses > 400 && bytes > 1_000_000 && logLines > 400,
    `${responses} responses, ${bytes} bytes, ${logLines} lines`,
  );
});

test("the published table matches what was measured here", async () => {
  const table = await readFile(at("docs/faults.md"), "utf8");
  for (const fault of faultMatrix) {
    const row = `| ${fault.name} | \`${expectedEnding(fault, "anthropic")}\` | \`${expectedEnding(fault, "azure")}\` |`;
    assert.ok(table.includes(row), `docs/faults.md does not have this row: ${row}`);
  }
});
