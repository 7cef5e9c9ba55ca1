import assert from "node:assert/strict";
import { after, before, describe, mock, test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ChatError } from "../../../protocol/index.ts";
import type { ErrorCode } from "../../../protocol/index.ts";
import type { ProviderEvent } from "../../../worker/providers/provider.ts";
import type { AnswerStream, TakeEvent } from "../../../worker/providers/provider.ts";
import { openWithRetry, type RetryOptions } from "../../../worker/providers/retry.ts";
import { codeOf, collect } from "./helpers.ts";

const accepted: ProviderEvent = { type: "accepted", model: "m" };
const warning: ProviderEvent = { type: "warning", code: "w", detail: "d" };
const usage: ProviderEvent = { type: "usage", usage: { inputTokens: 3 } };
const delta: ProviderEvent = { type: "delta", content: "Hi" };
const finish: ProviderEvent = { type: "finish", finishReason: "stop" };

interface Attempt {
  events?: ProviderEvent[];
  code?: ErrorCode;
  retryAfterMs?: number;
}

/** A provider whose attempts have the given results. Further attempts repeat the last one. */
function attemptsOf(attempts: Attempt[]) {
  let count = 0;
  const open = async (): Promise<AnswerStream> => {
    const { events = [], code, retryAfterMs } = attempts[Math.min(count, attempts.length - 1)] ?? {};
    count += 1;
    const readToFirstPiece = async (take: TakeEvent) => {
      for (const event of events) take(event);
      if (code !== undefined) throw new ChatError(code, { retryAfterMs });
    };
    return { readToFirstPiece, readToEnd: async () => undefined, close: async () => undefined };
  };
  return { open, opened: () => count };
}

/** Runs the attempts on a clock that only the test moves. @returns outcome, number of attempts, time waited */
async function run(attempts: Attempt[], options: Partial<RetryOptions> = {}) {
  const { open, opened } = attemptsOf(attempts);
  const { signal } = new AbortController();
  let isOver = false;
  let tookMs = 0;
  const asked = { signal, ...options };
  const reading = collect((take) => openWithRetry(open, { ...asked, take }), asked.signal);
  const outcome = reading.finally(() => (isOver = true));
  for (await nextTurn(); !isOver; await nextTurn()) {
    mock.timers.tick(5);
    tookMs += 5;
  }
  return { ...(await outcome), opened: opened(), tookMs };
}

describe("openWithRetry", () => {
  before(() => mock.timers.enable({ apis: ["setTimeout"] }));
  after(() => mock.timers.reset());

  test("an attempt that goes well is the only one", async () => {
    const { events, opened } = await run([{ events: [accepted, delta, finish] }]);
    assert.deepEqual(events, [accepted, delta, finish]);
    assert.equal(opened, 1);
  });

  for (const code of [
    "provider_unavailable",
    "provider_rate_limited",
    "provider_overloaded",
    "upstream_truncated",
  ] as const) {
    test(`${code} before the first piece is retried at most twice`, async () => {
      const recovered = await run([{ code }, { events: [accepted, delta, finish] }]);
      assert.deepEqual([recovered.events.length, recovered.opened], [3, 2]);
      const failed = await run([{ code }]);
      assert.deepEqual([codeOf(failed), failed.opened], [code, 3]);
      assert.ok(failed.tookMs < 2100, `${failed.tookMs} ms`);
    });
  }

  for (const code of ["provider_rejected", "provider_timeout", "content_filtered", "internal"] as const) {
    test(`${code} is not retried`, async () => {
      assert.equal((await run([{ code }])).opened, 1);
    });
  }

  test("nothing is retried after a piece of text, reasoning or a citation", async () => {
    const pieces: ProviderEvent[] = [
      delta,
      { type: "reasoning", content: "hm" },
      { type: "citation", index: 1 },
      finish,
    ];
    for (const piece of pieces) {
      const outcome = await run([{ events: [accepted, piece], code: "upstream_truncated" }]);
      assert.deepEqual([outcome.opened, outcome.events.length], [1, 2]);
    }
  });

  test("`accepted` and each warning are emitted once, usage as often as it is reported", async () => {
    const failed: Attempt = { events: [accepted, warning, usage], code: "upstream_truncated" };
    const { events } = await run([failed, { events: [accepted, warning, usage, delta, finish] }]);
    assert.deepEqual(events, [accepted, warning, usage, usage, delta, finish]);
  });

  test("a short Retry-After is waited for, a long one prevents a further attempt", async () => {
    const short = await run([{ code: "provider_rate_limited", retryAfterMs: 500 }, { events: [accepted, finish] }]);
    assert.ok(short.tookMs >= 495, `${short.tookMs} ms`);
    const long = await run([{ code: "provider_rate_limited", retryAfterMs: 60_000 }]);
    assert.deepEqual([long.opened, long.error?.retryAfterMs], [1, 60_000]);
    const twice = await run([{ code: "provider_rate_limited", retryAfterMs: 1500 }]);
    assert.deepEqual([twice.opened, codeOf(twice)], [2, "provider_rate_limited"]);
  });

  test("something is done before each attempt, and its refusal ends the turn", async () => {
    const asked: number[] = [];
    const beforeAttempt = (attempt: number) => {
      asked.push(attempt);
      if (attempt === 2) throw new ChatError("budget_exhausted");
    };
    const outcome = await run([{ code: "provider_unavailable" }], { beforeAttempt });
    assert.deepEqual([asked, outcome.opened, codeOf(outcome)], [[1, 2], 1, "budget_exhausted"]);
  });

  test("an abort ends a wait at once, without an error", async () => {
    const aborting = new AbortController();
    setTimeout(() => aborting.abort(), 30);
    const { signal } = aborting;
    const outcome = await run([{ code: "provider_rate_limited", retryAfterMs: 1900 }], { signal });
    assert.deepEqual(outcome, { events: [], opened: 1, tookMs: 30 });
  });

  test("a bug is not turned into a failure of the provider", async () => {
    const { open } = attemptsOf([{ events: [accepted] }]);
    const beforeAttempt = () => {
      throw new TypeError("a bug");
    };
    const { signal } = new AbortController();
    await assert.rejects(
      collect((take) => openWithRetry(open, { signal, take, beforeAttempt })),
      TypeError,
    );
    const broken = () => Promise.reject(new TypeError("a bug"));
    await assert.rejects(
      collect((take) => openWithRetry(broken, { signal, take })),
      TypeError,
    );
  });
});
