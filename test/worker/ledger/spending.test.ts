// The ledger, tested over HTTP: what reaches the provider, what is refused, and what its tables contain afterwards.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text as readText } from "node:stream/consumers";
import { after, before, beforeEach, test } from "node:test";
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
import { ending, endingCode, jsonOf, sentBody, TestVisitor, type Streamed } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { storedObjects } from "../../support/object-storage.ts";
import { makeFolder, removeFolder, startTestWorker, type TestWorker } from "../../support/worker.ts";

/** A turn that uses its maximum: a thousand tokens, which cost a tenth of a cent. */
const maximumAnswer = anthropicAnswer({ text: ["expensive"], usage: { output_tokens: 1000 } });

let upstream: FaultServer;
let worker: TestWorker;
let state: string;
let webhook: Server;
/** A turn whose provider never answers: it times out while the other tests run. */
let unclear: Promise<Streamed[]>;
/** What the operator's webhook was told. */
const notified: Notification[] = [];

interface Notification {
  event: string;
  assistant?: string;
  percent?: number;
}

before(async () => {
  upstream = await startFaultServer();
  webhook = createServer((request, response) => {
    void readText(request).then((body) => {
      notified.push(JSON.parse(body));
      response.end();
    });
  }).listen(0, "127.0.0.1");
  webhook.keepAliveTimeout = 0; // otherwise an idle connection could be closed just as the worker reuses it
  await once(webhook, "listening");
  state = await makeFolder("ledger");
  const address = webhook.address();
  worker = await startTestWorker({
    state,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      MODELS_ENDPOINT: `${upstream.url}/models`,
      PROVIDER_FIRST_BYTE_TIMEOUT_MS: "30000", // long enough for a busy machine
      OPERATOR_WEBHOOK_URL: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`,
    },
  });
  upstream.script(faults.stallBeforeHead);
  unclear = askTimes("capped-unclear", 1);
  await upstream.waitForRequests(1);
});

after(async () => {
  await worker.stop();
  await removeFolder(state);
  webhook.close();
  await upstream.close();
});

beforeEach(() => upstream.reset());

/** Waits until an assistant's books show this spending for today, in US dollars, and no open reservation. */
async function assertSpent(assistant: string, usd: number): Promise<void> {
  await eventually(() => assert.deepEqual(books(assistant), { usd, open: 0 })); // settled after the stream ends
}

/** What all visitors of an assistant have cost today, in US dollars, and how many reservations are open. */
function books(assistant: string): { usd: number; open: number } {
  const ledgers = storedObjects(state, "Ledger").filter(({ name }) => name === assistant);
  const rows = (table: string) => ledgers.flatMap(({ tables }) => tables.get(table) ?? []);
  const nanoUsd = Number(rows("account").find(({ who }) => who === "*")?.["nano_usd_on_day"]);
  return { usd: nanoUsd / 1e9, open: rows("entry").length };
}

async function askTimes(assistant: string, count: number): Promise<Streamed[]> {
  const visitors = await Promise.all(Array.from({ length: count }, () => TestVisitor.arrive(worker.url, assistant)));
  return Promise.all(visitors.map((visitor) => visitor.ask("What does it cost?")));
}

test("a turn is settled with what it used; a refused attempt costs nothing", async () => {
  upstream.script(anthropicAnswer({ text: ["cheap"], usage: { output_tokens: 50 } }));
  await askTimes("capped-settled", 1);
  await assertSpent("capped-settled", 0.00005);
  upstream.script(anthropicError(401, "authentication_error"));
  await askTimes("capped-settled", 1);
  await assertSpent("capped-settled", 0.00005);
});

test("the cap holds, the profile says so, and the operator is told at 80 and at 100 percent", async () => {
  upstream.script(maximumAnswer);
  const all: Streamed[] = [];
  while (all.length < 120) all.push(...(await askTimes("capped", 30)));
  const refused = all.filter(({ error }) => error?.code === "budget_exhausted");
  const codes = all.map(endingCode);
  const counts = [...new Set(codes)].map((code) => [code, codes.filter((each) => each === code).length]);
  assert.deepEqual(Object.fromEntries(counts), { ok: 100, budget_exhausted: 20 });
  assert.equal(upstream.requests.length, 100);
  assert.ok(Number(refused[0]?.headers.get("retry-after")) > 0);
  await assertSpent("capped", 0.1);
  const profile = await jsonOf<AssistantProfile>(fetch(worker.url + routes.assistant("capped")));
  assert.equal(profile.available, false);
  const budget = await notificationsOf("budget_used", "capped");
  assert.deepEqual(new Set(budget.map(({ percent }) => percent)), new Set([80, 100]));
  assert.equal(budget.length, 2);
  assert.equal((await notificationsOf("unusual_rate", "capped")).length, 1);
});

test("no visitor can use more than their share", async () => {
  upstream.script(maximumAnswer);
  const visitor = await TestVisitor.arrive(worker.url, "shared");
  const codes: string[] = [];
  for (let turn = 0; turn < 12; turn++) codes.push((await visitor.ask("Again!")).error?.code ?? "ok");
  assert.deepEqual(codes, [...Array<string>(10).fill("ok"), "budget_exhausted", "budget_exhausted"]);
  assert.equal((await askTimes("shared", 1))[0]?.status, 200);
});

test("no address has more than its share", async () => {
  upstream.script(maximumAnswer);
  const all = await askTimes("shared-address", 30);
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
  await assertSpent("capped-fallback", 0.004);
});

test("a fallback takes over only before the first piece", async () => {
  upstream.script(({ wire }) =>
    wire === "anthropic" ? stallAfter(3, anthropicAnswer({ text: ["half", "never"] })) : undefined,
  );
  const visitor = await TestVisitor.arrive(worker.url, "anthropic-fallback");
  const conversation = crypto.randomUUID();
  const running = visitor.ask("Hello?", { conversation });
  const messageId = await eventually(async () => {
    const { active, messages } = await visitor.read(conversation);
    assert.equal(messages[1]?.content, "half");
    return active?.messageId;
  });
  await visitor.send(routes.stop, { body: { conversation, messageId } });
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
  for (const assistant of ["anthropic-fallback", "azure-fallback"]) {
    assert.equal((await notificationsOf("provider_rejected", assistant)).length, 1, "once per hour and assistant");
  }
});

/**
 * What the operator is told about an assistant, according to the log. The webhook receives the same; if it answers too
 * late on a busy machine, the log says that too.
 */
async function notificationsOf(event: string, assistant: string): Promise<Notification[]> {
  return eventually(() => {
    const lines = worker.output().match(/\{"level".*\}/g) ?? [];
    const logged = lines.map((line): Notification => JSON.parse(line)).filter((each) => each.event === event);
    const ofAssistant = logged.filter((each) => each.assistant === assistant);
    const received = notified.filter((each) => each.event === event);
    const failed = lines.filter((line) => line.includes('"event":"webhook_failed"') && line.includes(event));
    assert.ok(ofAssistant.length > 0, `${event} is not in the log`);
    assert.equal(received.length + failed.length, logged.length, "the webhook was not told");
    return ofAssistant;
  });
}

test("one visitor's pace", async () => {
  const visitor = await TestVisitor.arrive(worker.url, "slowly");
  const codes: string[] = [];
  for (let turn = 0; turn < 3; turn++) codes.push((await visitor.ask("Quick!")).error?.code ?? "ok");
  // A new minute may begin in between. Then the third turn is the first one of that minute.
  assert.ok(codes.filter((code) => code === "ok").length <= 3 && codes[0] === "ok" && codes[1] === "ok");
  if (codes[2] !== "ok") assert.equal(codes[2], "rate_limited");
});

test("what is unclear is settled in full", async () => {
  const [streamed] = await unclear;
  const last = streamed?.frames.at(-1)?.event;
  assert.equal(last?.type === "error" && last.code, "provider_timeout");
  await assertSpent("capped-unclear", 0.001);
});
