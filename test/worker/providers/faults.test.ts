/**
 * The matrix of upstream faults: each fault, on both providers, and the error code that it becomes. The canary stands
 * for a key or a prompt that an upstream repeats in its messages.
 */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import type { ErrorCode } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicError,
  anthropicErrorFrame,
  azureAnswer,
  azureContentFiltered,
  azureError,
  azureErrorFrame,
  breakAfter,
  countFrames,
  cutEvery,
  endAfter,
  faults,
  insertAfter,
  slowly,
  stallAfter,
  startFaultServer,
} from "../../fault-server/index.ts";
import type { Scenario } from "../../fault-server/index.ts";
import { ask, codeOf, finishOf, patient, providers, textOf } from "./helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const canary = "canary-sk-0123456789";
/** The limit for silence within an answer is short, but far longer than the pauses of a slow provider. */
const timeouts = { ...patient, silenceMs: 1000 };
const hasty = { ...patient, firstByteMs: 1000 };

const wires = {
  anthropic: {
    answer: (text: string[]) => anthropicAnswer({ text }),
    refusal: (status: number, headers: Record<string, string>) =>
      anthropicError(status, "some_error", { message: canary, headers }),
    errorFrame: (type: string) => anthropicErrorFrame(type, canary),
    /** Frames before the first piece of text. */
    framesBefore: 2,
    /** Frames after the one with the finish reason. */
    framesAfter: 1,
  },
  azure: {
    answer: (text: string[]) => azureAnswer({ text }),
    refusal: (status: number, headers: Record<string, string>) =>
      azureError(status, { code: canary, message: canary }, headers),
    errorFrame: (type: string) => azureErrorFrame({ code: type, message: canary }),
    framesBefore: 2,
    framesAfter: 2,
  },
} as const;

const statuses: readonly (readonly [number, ErrorCode])[] = [
  [302, "provider_unavailable"],
  [400, "provider_rejected"],
  [401, "provider_rejected"],
  [403, "provider_rejected"],
  [404, "provider_rejected"],
  [408, "provider_unavailable"],
  [413, "provider_rejected"],
  [429, "provider_rate_limited"],
  [500, "provider_unavailable"],
  [502, "provider_unavailable"],
  [503, "provider_unavailable"],
  [504, "provider_unavailable"],
  [529, "provider_overloaded"],
];

for (const { name, connectTo } of providers) {
  const wire = wires[name === "azure" ? "azure" : "anthropic"];
  const provider = connectTo(server.url, { timeouts });
  const whole = wire.answer(["Hel", "lo ", "world"]);
  const afterText = wire.framesBefore + 2;

  async function codeAndTextOf(
    scenario: Scenario,
    asked = provider,
  ): Promise<{ code: ErrorCode | undefined; text: string }> {
    server.script(scenario);
    const outcome = await ask(asked);
    assert.equal(outcome.events.filter((event) => event.type === "finish").length, outcome.error === undefined ? 1 : 0);
    assert.doesNotMatch(
      JSON.stringify([outcome.events, outcome.error?.message, outcome.error?.detail]),
      new RegExp(canary),
    );
    assert.equal(server.requests.length, 1, "an adapter never retries");
    return { code: codeOf(outcome), text: textOf(outcome) };
  }

  describe(`${name}: before an answer`, () => {
    for (const [status, code] of statuses) {
      test(`status ${status} is ${code}`, async () => {
        assert.deepEqual(await codeAndTextOf(wire.refusal(status, {})), { code, text: "" });
      });
    }

    for (const [sent, expected] of [
      [{ "retry-after": "7" }, 7000],
      [{ "retry-after": "86400" }, 60_000],
      [{ "retry-after-ms": "120", "retry-after": "9" }, 120],
      [{ "retry-after": "soon" }, undefined],
      [{ "retry-after": "-5" }, undefined],
      [{}, undefined],
    ] as const) {
      test(`429 with ${JSON.stringify(sent)} asks for ${expected} ms`, async () => {
        server.script(wire.refusal(429, { ...sent }));
        assert.equal((await ask(provider)).error?.retryAfterMs, expected);
      });
    }

    const before: readonly (readonly [keyof typeof faults, ErrorCode])[] = [
      ["stallBeforeHead", "provider_timeout"],
      ["stallBeforeBody", "provider_timeout"],
      ["breakBeforeHead", "provider_unavailable"],
      ["breakBeforeBody", "provider_unavailable"],
      ["emptyBody", "provider_unavailable"],
      ["wrongContentType", "provider_unavailable"],
      ["garbage", "provider_unavailable"],
      ["malformedJson", "provider_unavailable"],
    ];
    for (const [fault, code] of before) {
      test(`${fault} is ${code}`, async () => {
        const asked = code === "provider_timeout" ? connectTo(server.url, { timeouts: hasty }) : provider;
        assert.deepEqual(await codeAndTextOf(faults[fault], asked), { code, text: "" });
      });
    }

    test("an upstream where nothing listens is provider_unavailable", async () => {
      const gone = await startFaultServer();
      await gone.close();
      assert.equal(codeOf(await ask(connectTo(gone.url))), "provider_unavailable");
    });

    test("an error's body that never ends is a timeout, not a hang", async () => {
      server.script({
        steps: [{ head: { status: 400, headers: { "content-type": "application/json" } } }, { stall: true }],
      });
      const code = codeOf(await ask(connectTo(server.url, { timeouts: hasty })));
      assert.ok(code === "provider_rejected" || code === "provider_timeout", code);
    });

    test("a huge error body is not read", async () => {
      const { code } = await codeAndTextOf({ steps: [{ head: { status: 400 } }, { send: canary.repeat(200_000) }] });
      assert.equal(code, "provider_rejected");
    });
  });

  describe(`${name}: during an answer, the pieces so far are kept`, () => {
    test("silence is provider_timeout", async () => {
      assert.deepEqual(await codeAndTextOf(stallAfter(afterText, whole)), { code: "provider_timeout", text: "Hello " });
      await server.waitUntilLeft(server.requests[0] ?? assert.fail());
    });

    test("a broken socket is upstream_truncated", async () => {
      assert.deepEqual(await codeAndTextOf(breakAfter(afterText, whole)), {
        code: "upstream_truncated",
        text: "Hello ",
      });
    });

    for (const [end, cut] of [
      ["a clean end", endAfter],
      ["a broken socket", breakAfter],
      ["silence", stallAfter],
    ] as const) {
      test(`${end} after any frame is a failure until the finish reason has arrived`, async () => {
        const failure = end === "silence" ? "provider_timeout" : "upstream_truncated";
        for (let frames = wire.framesBefore; frames < countFrames(whole); frames += 1) {
          server.reset();
          const { code } = await codeAndTextOf(cut(frames, whole));
          const isWhole = frames >= countFrames(whole) - wire.framesAfter;
          assert.equal(code, isWhole ? undefined : failure, `${frames} frames`);
        }
      });
    }

    test("an event that is too long is upstream_truncated, and is not read to its end", async () => {
      const endless = Array.from({ length: 30 }, () => ({ send: "x".repeat(1024 * 1024) }));
      const inserted = [{ send: "data: " }, ...endless];
      const { code, text } = await codeAndTextOf(insertAfter(afterText, inserted, whole));
      assert.deepEqual({ code, text }, { code: "upstream_truncated", text: "Hello " });
      await server.waitUntilLeft(server.requests[0] ?? assert.fail());
    });

    test("malformed JSON is upstream_truncated", async () => {
      const broken = { send: `event: content_block_delta\ndata: {"${canary}\n\n` };
      assert.deepEqual(await codeAndTextOf(insertAfter(afterText, [broken], whole)), {
        code: "upstream_truncated",
        text: "Hello ",
      });
    });

    test("garbage between frames is skipped, as the event stream format asks for", async () => {
      const garbage = { send: `${canary}\u0000\u0001\n:\u{1F4A5}\nfoo: bar\n\n` };
      assert.deepEqual(await codeAndTextOf(insertAfter(afterText, [garbage], whole)), {
        code: undefined,
        text: "Hello world",
      });
    });

    const errorEvents: readonly (readonly [string, ErrorCode])[] =
      name === "azure"
        ? [
            ["rate_limit_exceeded", "provider_rate_limited"],
            ["content_filter", "content_filtered"],
            ["overloaded", "provider_overloaded"],
            ["server_error", "provider_unavailable"],
          ]
        : [
            ["rate_limit_error", "provider_rate_limited"],
            ["overloaded_error", "provider_overloaded"],
            ["api_error", "provider_unavailable"],
            ["future_error", "provider_unavailable"],
          ];
    for (const [type, code] of errorEvents) {
      test(`an error event ${type} is ${code}`, async () => {
        assert.deepEqual(await codeAndTextOf(insertAfter(afterText, [wire.errorFrame(type)], whole)), {
          code,
          text: "Hello ",
        });
      });
    }

    test("an error event that comes first is mapped by its type as well", async () => {
      const [type, code] = errorEvents[0] ?? assert.fail();
      assert.equal((await codeAndTextOf(insertAfter(0, [wire.errorFrame(type)], whole))).code, code);
    });
  });

  describe(`${name}: not a fault`, () => {
    test("one byte at a time", async () => {
      assert.deepEqual(await codeAndTextOf(cutEvery(1, whole)), { code: undefined, text: "Hello world" });
    });

    test("a slow pace within the limits", async () => {
      assert.deepEqual(await codeAndTextOf(slowly(40, whole)), { code: undefined, text: "Hello world" });
    });

    test("keep-alives for longer than the limit of silence", async () => {
      const comments = Array.from({ length: 6 }, () => [{ pauseMs: 250 }, { send: ": keep-alive\n\n" }]).flat();
      assert.deepEqual(await codeAndTextOf(insertAfter(afterText, comments, whole)), {
        code: undefined,
        text: "Hello world",
      });
    });

    test("a single event of 5 MB", async () => {
      const large = "0123456789".repeat(500_000);
      const { code, text } = await codeAndTextOf(wire.answer([large]));
      assert.equal(code, undefined);
      assert.equal(text === large, true);
    });
  });
}

describe("the loop that all providers share", () => {
  for (const [name, line, count] of [
    ["too many events", "data: {}\n\n", 251_000],
    ["too many bytes", `: ${"x".repeat(1022)}\n\n`, 70_000],
  ] as const) {
    test(`${name}: upstream_truncated, and the upstream is closed`, async () => {
      const lot = Array.from({ length: 100 }, () => ({ send: line.repeat(count / 100) }));
      const frames = wires.anthropic.framesBefore + 1;
      server.script(insertAfter(frames, [...lot, { stall: true }], anthropicAnswer({ text: ["Hello", " world"] })));
      const { connectTo } = providers[0] ?? assert.fail();
      const outcome = await ask(connectTo(server.url));
      assert.deepEqual([codeOf(outcome), textOf(outcome)], ["upstream_truncated", "Hello"]);
      await server.waitUntilLeft(server.requests[0] ?? assert.fail());
    });
  }
});

test("azure: the content filter's refusal of a prompt is content_filtered", async () => {
  server.script(azureContentFiltered());
  const { connectTo } = providers[1] ?? assert.fail();
  const outcome = await ask(connectTo(server.url));
  assert.equal(codeOf(outcome), "content_filtered");
  assert.equal(finishOf(outcome), undefined);
});
