import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent } from "../../../protocol/index.ts";
import { TransportError } from "../../../widget/transport/failure.ts";
import { readEvents } from "../../../widget/transport/stream.ts";
import type { NumberedEvent } from "../../../widget/transport/stream.ts";

const usage = { inputTokens: 1, outputTokens: 1, source: "provider" } as const;

const deltas: ChatEvent[] = ["Grüße, ", "🌊 und ", "日本語\n", "data: no"].map((content) => ({
  type: "delta",
  content,
}));

const ending: ChatEvent = {
  type: "response",
  messageId: "a",
  content: "",
  finishReason: "stop",
  usage,
  citations: [],
  sources: [],
  timing: { contextMs: null, firstTokenMs: 1, totalMs: 2 },
};

const frame = (seq: number, event: unknown, name = "message") =>
  `id: a.${seq}\nevent: ${name}\ndata: ${JSON.stringify(event)}\n\n`;

/** A stream with comments, a custom event name, other line endings, and events of a later version. */
const wire = [
  "retry: 1000\n\n: hello\n\n",
  ...deltas.map((event, at) => frame(at + 1, event, "piece")),
  ": beat\n\n",
  frame(5, { type: "from-the-future" }),
  "event: message\ndata: not json\n\n",
  'data: {"type":"delta","content":"no id"}\n\n',
  frame(6, ending, "whole").replaceAll("\n", "\r\n"),
  frame(7, { type: "delta", content: "after the end" }),
].join("");

const expected = [
  ...deltas.map((event, at) => ({ id: { answer: "a", seq: at + 1 }, event })),
  { id: { answer: "a", seq: 6 }, event: ending },
];

function bodyOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function read(body: ReadableStream<Uint8Array>): Promise<NumberedEvent[]> {
  const events: NumberedEvent[] = [];
  await readEvents(body, (event) => events.push(event));
  return events;
}

describe("readEvents", () => {
  const bytes = new TextEncoder().encode(wire);

  it("returns every known event in order, up to the terminal event", async () => {
    assert.deepEqual(await read(bodyOf(bytes)), expected);
  });

  it("returns the same for every cut", async () => {
    for (let at = 1; at < bytes.length; at += 1) {
      assert.deepEqual(await read(bodyOf(bytes.slice(0, at), bytes.slice(at))), expected, `cut at ${at}`);
    }
  });

  it("returns the same byte by byte", async () => {
    const chunks = Array.from(bytes, (_, at) => bytes.slice(at, at + 1));
    assert.deepEqual(await read(bodyOf(...chunks)), expected);
  });

  it('throws "interrupted" if the stream ends before the terminal event', async () => {
    const early = new TextEncoder().encode(frame(1, deltas[0]));
    await assert.rejects(
      read(bodyOf(early)),
      (error) => error instanceof TransportError && error.code === "interrupted",
    );
  });

  it('throws "interrupted" if the connection breaks', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new TypeError("network")) });
    await assert.rejects(read(broken), (error) => error instanceof TransportError && error.code === "interrupted");
  });
});
