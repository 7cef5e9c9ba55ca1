// No single visitor or address can use up the turns that all visitors share. The operator is told when 80 and 100
// percent of the turns are used.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, beforeEach, test } from "node:test";
import { anthropicAnswer, insertAfter, type Scenario } from "../../fault-server/index.ts";
import { endingCode, TestVisitor, type Streamed } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { askFrom, startLedgerRig, type LedgerRig } from "../support/ledger-rig.ts";

/** What the operator's webhook receives. */
interface Notice {
  event: string;
  assistant: string;
  limit: string;
  percent: number;
  period: string;
}

let rig: LedgerRig;
let webhook: Server;
const notices: Notice[] = [];

before(async () => {
  webhook = createServer((request, response) => {
    void readText(request).then((body) => {
      notices.push(JSON.parse(body));
      response.end();
    });
  }).listen(0, "127.0.0.1");
  webhook.keepAliveTimeout = 0; // otherwise an idle connection could be closed just as the worker reuses it
  await once(webhook, "listening");
  const address = webhook.address();
  rig = await startLedgerRig({
    OPERATOR_WEBHOOK_URL: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`,
    PROVIDER_FIRST_BYTE_TIMEOUT_MS: "300000",
  });
});
after(async () => {
  await rig[Symbol.asyncDispose]();
  webhook.close();
});
beforeEach(() => rig.upstream.reset());

/** Asks `count` times from one address, each time as a new visitor. @returns how each turn ended */
async function askTimes(assistant: string, address: string, count: number): Promise<Streamed[]> {
  const all: Streamed[] = [];
  for (let at = 0; at < count; at += 1) {
    all.push(await askFrom(await TestVisitor.arrive(rig.worker.url, assistant), address));
  }
  return all;
}

/** Asks `count` times as one visitor, each time from a new address. */
async function askAsOne(assistant: string, count: number): Promise<Streamed[]> {
  const visitor = await TestVisitor.arrive(rig.worker.url, assistant);
  const all: Streamed[] = [];
  for (let at = 0; at < count; at += 1) all.push(await askFrom(visitor, `198.51.100.${at + 1}`));
  return all;
}

function repeat(code: string, count: number): string[] {
  return Array.from({ length: count }, () => code);
}

/** Runs a test within one minute of the clock, because the count starts over with every minute. */
async function withinAMinute(run: () => Promise<void>): Promise<void> {
  const minuteMs = 60_000;
  const patienceMs = 45_000;
  const left = minuteMs - (Date.now() % minuteMs);
  if (left < patienceMs) await sleep(left);
  await run();
}

/** Waits until the operator was told of this limit, and no other, exactly once at 80 and once at 100 percent. */
async function assertTold(assistant: string, limit: string): Promise<void> {
  await eventually(() => {
    const told = notices.filter((notice) => notice.assistant === assistant && notice.event === "turns_used");
    assert.deepEqual(
      told.map(({ percent }) => percent).toSorted((a, b) => a - b),
      [80, 100],
    );
    assert.deepEqual(new Set(told.map((notice) => notice.limit)), new Set([limit]));
  });
}

test("turnsPerDay: an address and a visitor have their shares, and the operator is told at 80 and 100 percent", async () => {
  const one = await askTimes("per-day", "203.0.113.1", 12);
  assert.deepEqual(one.map(endingCode), [...repeat("ok", 10), ...repeat("rate_limited", 2)]);
  assert.ok(Number(one.at(-1)?.headers.get("retry-after")) > 0);
  // A tenth of 20 would be 2 turns, but no share is smaller than 3.
  const visitor = await askAsOne("per-day", 4);
  assert.deepEqual(visitor.map(endingCode), [...repeat("ok", 3), "rate_limited"]);
  assert.deepEqual(
    notices.filter(({ event }) => event === "turns_used"),
    [],
  );
  const others = await askTimes("per-day", "203.0.113.2", 8);
  assert.deepEqual(others.map(endingCode), [...repeat("ok", 7), "rate_limited"]);
  assert.equal(rig.upstream.requests.length, 20);
  await assertTold("per-day", "turnsPerDay");
  await rig.worker.printed(/"code":"rate_limited","detail":"[^"]*address[^"]*turnsPerDay/);
  await rig.worker.printed(/"code":"rate_limited","detail":"[^"]*visitor[^"]*turnsPerDay/);
});

test("turnsPerMinute: the same", () =>
  withinAMinute(async () => {
    const one = await askTimes("per-minute", "203.0.113.1", 11);
    assert.deepEqual(one.map(endingCode), [...repeat("ok", 10), "rate_limited"]);
    const visitor = await askAsOne("per-minute", 4);
    assert.deepEqual(visitor.map(endingCode), [...repeat("ok", 3), "rate_limited"]);
    const others = await askTimes("per-minute", "203.0.113.2", 8);
    assert.deepEqual(others.map(endingCode), [...repeat("ok", 7), "rate_limited"]);
    await assertTold("per-minute", "turnsPerMinute");
  }));

test("runningTurns: the same, and a turn that has ended makes room", async () => {
  const held: Scenario = insertAfter(0, [{ hold: "all" }], anthropicAnswer());
  rig.upstream.script(held);
  const running: Promise<Streamed>[] = [];
  const hold = async (address: string, count: number, visitor?: TestVisitor) => {
    const reached = rig.upstream.requests.length + count;
    for (let at = 0; at < count; at += 1) {
      running.push(askFrom(visitor ?? (await TestVisitor.arrive(rig.worker.url, "running")), address));
    }
    await rig.upstream.waitForRequests(reached);
  };
  await hold("203.0.113.1", 10);
  assert.deepEqual((await askTimes("running", "203.0.113.1", 1)).map(endingCode), ["rate_limited"]);
  const visitor = await TestVisitor.arrive(rig.worker.url, "running");
  await hold("203.0.113.2", 3, visitor);
  assert.equal(endingCode(await askFrom(visitor, "203.0.113.3")), "rate_limited");
  await hold("203.0.113.3", 7);
  assert.deepEqual((await askTimes("running", "203.0.113.4", 1)).map(endingCode), ["rate_limited"]);
  await assertTold("running", "runningTurns");
  rig.upstream.script();
  rig.upstream.release("all");
  assert.deepEqual((await Promise.all(running)).map(endingCode), repeat("ok", 20));
  await eventually(async () => assert.equal(endingCode(await askFrom(visitor, "203.0.113.1")), "ok"));
});

test("the shares of a budget are those of the turns, too", async () => {
  const visitor = await askAsOne("half-each", 11);
  assert.deepEqual(visitor.map(endingCode), [...repeat("ok", 10), "rate_limited"]);
  const address = await askTimes("half-each", "203.0.113.1", 11);
  assert.deepEqual(address.map(endingCode), [...repeat("ok", 10), "rate_limited"]);
});
