// The ledger, tested over HTTP: what reaches the provider, what is refused, and what its tables contain afterwards.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { text as readText } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { routes, type AssistantProfile } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicError,
  azureAnswer,
  faults,
  stallAfter,
  startFaultServer,
  type FaultServer,
} from "../../fault-server/index.ts";
import { ending, jsonOf, sentBody, TestVisitor, type Streamed } from "../../support/client.ts";
import { storedObjects } from "../../support/object-storage.ts";
import { freePort, startTestWorker, type TestWorker } from "../../support/worker.ts";

/** A turn that uses its maximum: a thousand tokens, which cost a tenth of a cent. */
const maximumAnswer = anthropicAnswer({ text: ["expensive"], usage: { output_tokens: 1000 } });

let upstream: FaultServer;
let worker: TestWorker;
let state: string;
let webhook: Server;
const notifications: { event: string; [field: string]: unknown }[] = [];

before(async () => {
  upstream = await startFaultServer();
  const port = await freePort();
  webhook = createServer((request, response) => {
    void readText(request).then((body) => {
      notifications.push(JSON.parse(body));
      response.end();
    });
  }).listen(port, "127.0.0.1");
});

/** Each test has its own worker with an empty ledger. */
beforeEach(async () => {
  await worker?.stop();
  if (state) await rm(state, { recursive: true, force: true });
  upstream.reset();
  notifications.length = 0;
  state = await mkdtemp(join(tmpdir(), "rivulet-ledger-"));
  const address = webhook.address();
  worker = await startTestWorker({
    state,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      MODELS_ENDPOINT: `${upstream.url}/models`,
      PROVIDER_FIRST_BYTE_TIMEOUT_MS: "6000", // for a busy machine
      OPERATOR_WEBHOOK_URL: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`,
    },
  });
});

after(async () => {
  await worker.stop();
  await rm(state, { recursive: true, force: true });
  webhook.close();
  await upstream.close();
});

/** What all visitors together spent today, in US dollars, and how many reservations are open. */
async function readLedger(): Promise<{ usd: number; open: number }> {
  await sleep(150); // a settlement follows the end of the stream
  const ledgers = storedObjects(state, "Ledger");
  const rows = (table: string) => ledgers.flatMap(({ tables }) => tables.get(table) ?? []);
  const days = rows("spent").filter(({ who, period }) => who === "*" && String(period).startsWith("day "));
  const nanoUsd = days.reduce((total, row) => total + Number(row["nano_usd"]), 0);
  return { usd: nanoUsd / 1e9, open: rows("entry").length };
}

async function askTimes(assistant: string, count: number): Promise<Streamed[]> {
  const visitors = await Promise.all(Array.from({ length: count }, () => TestVisitor.arrive(worker.url, assistant)));
  return Promise.all(visitors.map((visitor) => visitor.ask("What does it cost?")));
}

test("a turn is settled with what it used; a refused attempt costs nothing", async () => {
  upstream.script(anthropicAnswer({ text: ["cheap"], usage: { output_tokens: 50 } }));
  await askTimes("capped", 1);
  assert.deepEqual(await readLedger(), { usd: 0.00005, open: 0 });
  upstream.script(anthropicError(401, "authentication_error"));
  await askTimes("capped", 1);
  assert.deepEqual(await readLedger(), { usd: 0.00005, open: 0 });
});

test("an attempt whose cost is unknown is settled in full", async () => {
  upstream.script(faults.stallBeforeHead);
  const [streamed] = await askTimes("capped", 1);
  const ending = streamed?.frames.at(-1)?.event;
  assert.equal(ending?.type === "error" && ending.code, "provider_timeout");
  assert.deepEqual(await readLedger(), { usd: 0.001, open: 0 });
});

test("the cap holds, the profile says so, and the operator is notified at 80 and at 100 percent", async () => {
  upstream.script(maximumAnswer);
  const all = await askTimes("capped", 120);
  const refused = all.filter(({ error }) => error?.code === "budget_exhausted");
  assert.equal(upstream.requests.length, 100);
  assert.equal(refused.length, 20);
  assert.ok(Number(refused[0]?.headers.get("retry-after")) > 0);
  assert.deepEqual(await readLedger(), { usd: 0.1, open: 0 });
  const profile = await jsonOf<AssistantProfile>(fetch(worker.url + routes.assistant("capped")));
  assert.equal(profile.available, false);
  const budget = notifications.filter(({ event }) => event === "budget_used").map(({ percent }) => percent);
  assert.deepEqual(new Set(budget), new Set([80, 100]));
  assert.equal(budget.length, 2);
  assert.equal(notifications.filter(({ event }) => event === "unusual_rate").length, 1);
});

test("no visitor can use more than their share", async () => {
  upstream.script(maximumAnswer);
  const visitor = await TestVisitor.arrive(worker.url, "shared");
  const codes: string[] = [];
  for (let turn = 0; turn < 12; turn++) codes.push((await visitor.ask("Again!")).error?.code ?? "ok");
  assert.deepEqual(codes, [...Array<string>(10).fill("ok"), "budget_exhausted", "budget_exhausted"]);
  assert.equal((await askTimes("shared", 1))[0]?.status, 200);
});

test("no address can use more than its share", async () => {
  upstream.script(maximumAnswer);
  const all = await askTimes("shared", 30);
  assert.equal(all.filter(({ status }) => status === 200).length, 20);
});

test("each attempt has its own reservation, retries and fallbacks included", async () => {
  upstream.script(({ wire, text }) => {
    const { model } = sentBody({ text });
    if (wire === "anthropic" && model === "claude-opus-5") return anthropicError(500, "api_error");
    return azureAnswer({
      text: ["from the second"],
      usage: { prompt_tokens: 1, completion_tokens: 1000, total_tokens: 1001 },
    });
  });
  const [streamed] = await askTimes("capped-fallback", 1);
  assert.ok(streamed);
  assert.equal(ending(streamed).content, "from the second");
  const warnings = streamed.frames.flatMap(({ event }) => (event.type === "warning" ? [event.code] : []));
  assert.deepEqual(warnings, ["fallback_used"]);
  // Three attempts at the first model, which may have cost something, and one at the second.
  assert.equal(upstream.requests.length, 4);
  assert.deepEqual(await readLedger(), { usd: 0.004, open: 0 });
});

test("a fallback takes over only before the first piece", async () => {
  upstream.script(({ wire }) =>
    wire === "anthropic" ? stallAfter(3, anthropicAnswer({ text: ["half", "never"] })) : undefined,
  );
  const visitor = await TestVisitor.arrive(worker.url, "anthropic-fallback");
  const conversation = crypto.randomUUID();
  const running = visitor.ask("Hello?", { conversation });
  await upstream.waitForRequests(1);
  await sleep(300);
  const { active } = await visitor.read(conversation);
  await visitor.send(routes.stop, { body: { conversation, messageId: active?.messageId } });
  assert.equal(ending(await running).content, "half");
  assert.equal(upstream.requests.length, 1);
});

test("the last event names the provider and the model that answered", async () => {
  for (const [assistant, first] of [
    ["anthropic-fallback", "anthropic"],
    ["azure-fallback", "models"],
  ] as const) {
    upstream.script(({ wire }) => (wire === first ? anthropicError(401, "authentication_error") : undefined));
    const [streamed] = await askTimes(assistant, 1);
    assert.ok(streamed);
    const last = ending(streamed);
    assert.ok(last.type === "response");
    assert.equal(last.provider, first === "anthropic" ? "azure" : "anthropic");
    assert.equal(last.model, first === "anthropic" ? "fault-model-2026" : "claude-fault-1");
  }
  await sleep(150);
  assert.equal(
    notifications.filter(({ event }) => event === "provider_rejected").length,
    2,
    "once per hour and assistant",
  );
});

test("the limit of turns per minute for one visitor", async () => {
  const visitor = await TestVisitor.arrive(worker.url, "slowly");
  const codes: string[] = [];
  for (let turn = 0; turn < 3; turn++) codes.push((await visitor.ask("Quick!")).error?.code ?? "ok");
  // A new minute may begin in between. Then the third turn is the first one of that minute.
  assert.ok(codes.filter((code) => code === "ok").length <= 3 && codes[0] === "ok" && codes[1] === "ok");
  if (codes[2] !== "ok") assert.equal(codes[2], "rate_limited");
});
