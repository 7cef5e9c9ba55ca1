/** Every stream gives the same events wherever it is cut, because the network can split it at any byte. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { anthropicAnswer, azureAnswer, bodyBytes, insertAfter, withLineEnding } from "../../fault-server/index.ts";
import type { Scenario } from "../../fault-server/index.ts";
import { textParts, type MessagePart } from "../../../worker/prompt/parts.ts";
import { ask, codeOf, connect, cutBytes, fetchPieces, finishOf, textOf } from "./helpers.ts";
import type { Outcome } from "./helpers.ts";

const text = ["Grüße 🦆👩‍👧", "\n日本\u2028 \r\n"];
const comment = [{ send: ": keep-alive\n\n" }];

const streams: Record<string, { adapter: string; scenario: Scenario }> = {
  "anthropic: text, thinking, pings, citations": {
    adapter: "anthropic",
    scenario: anthropicAnswer({
      thinking: ["hm 🦆"],
      pings: true,
      blocks: [{ text, citations: [{ index: 0, text: "é" }] }, { text: "." }],
    }),
  },
  "anthropic: refusal": { adapter: "anthropic", scenario: anthropicAnswer({ text: "I ✗", stopReason: "refusal" }) },
  "azure: text, reasoning, keep-alives": {
    adapter: "azure",
    scenario: insertAfter(1, comment, azureAnswer({ text, reasoning: ["hm 🦆"], keepAlives: true })),
  },
  "azure: refusal": { adapter: "azure", scenario: azureAnswer({ refusal: ["I ✗"], filterResults: false }) },
};

const results = [{ index: 1, title: "t", source: "s", content: "é" }];
const parts: MessagePart[] = [{ type: "results", results }, ...textParts("Hi")];

/** What the next request is answered with. */
let answer: Uint8Array[] = [];

/** One connection per adapter: making one for each of the thousands of requests takes longer than the requests. */
const connections = new Map(
  ["anthropic", "azure"].map((adapter) => {
    const settings = { apiKey: "key", endpoint: "http://upstream.invalid/models", baseUrl: "http://upstream.invalid" };
    return [adapter, connect(adapter, settings, { fetch: (url, init) => fetchPieces(answer)(url, init) })];
  }),
);

function askPieces(adapter: string, pieces: Uint8Array[]) {
  answer = pieces;
  const overrides = adapter === "anthropic" ? { messages: [{ role: "user" as const, parts }] } : {};
  return ask(connections.get(adapter) ?? assert.fail(), overrides);
}

/** Where the line with the finish reason ends, in bytes. */
function endOfFinishReason(scenario: Scenario): number {
  const frames = scenario.steps.flatMap((step) => ("send" in step ? [step.send] : []));
  const last = frames.findLastIndex((frame) => /"(finish|stop)_reason":"/.test(frame));
  return Buffer.byteLength(
    frames
      .slice(0, last + 1)
      .join("")
      .trimEnd(),
  );
}

/** Like `deepEqual`, but fast for thousands of comparisons of equal values. */
function assertSame(actual: Outcome, expected: Outcome, where: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) assert.deepEqual(actual, expected, where);
}

for (const [name, { adapter, scenario }] of Object.entries(streams)) {
  describe(name, () => {
    for (const [ending, variant] of [
      ["\\n", scenario],
      ["\\r\\n", withLineEnding("\r\n", scenario)],
      ["\\r", withLineEnding("\r", scenario)],
    ] as const) {
      test(`lines that end with ${ending}, cut at every byte`, async () => {
        const bytes = bodyBytes(variant);
        const expected = await askPieces(adapter, [bytes]);
        assert.equal(expected.error, undefined);
        assert.ok(textOf(expected).length > 0);
        assert.equal(
          expected.events.some(({ type }) => type === "citation"),
          name.includes("citations"),
        );
        for (let at = 1; at < bytes.length; at += 1) {
          assertSame(await askPieces(adapter, cutBytes(bytes, at)), expected, `cut at byte ${at} of ${bytes.length}`);
        }
      });

      test(`lines that end with ${ending}, one byte at a time`, async () => {
        const bytes = bodyBytes(variant);
        const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
        assert.deepEqual(await askPieces(adapter, single), await askPieces(adapter, [bytes]));
      });
    }

    test("after a byte order mark", async () => {
      const bytes = bodyBytes(scenario);
      const marked = [Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf), bytes];
      assert.deepEqual(await askPieces(adapter, marked), await askPieces(adapter, [bytes]));
    });

    test("a stream that ends early, at any byte, is a normal end only if the finish reason has arrived", async () => {
      const bytes = bodyBytes(scenario);
      const whole = await askPieces(adapter, [bytes]);
      const wholeFrom = endOfFinishReason(scenario);
      for (let at = 0; at < bytes.length; at += 1) {
        const outcome = await askPieces(adapter, [bytes.subarray(0, at)]);
        const isAccepted = outcome.events.some((event) => event.type === "accepted");
        const code = isAccepted ? "upstream_truncated" : "provider_unavailable";
        assert.equal(codeOf(outcome), at < wholeFrom ? code : undefined, `ended at byte ${at}`);
        assert.equal(finishOf(outcome), at < wholeFrom ? undefined : finishOf(whole), `ended at byte ${at}`);
        if (at >= wholeFrom) assert.equal(textOf(outcome), textOf(whole));
      }
    });
  });
}
