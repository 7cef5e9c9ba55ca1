import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { createFrameReader } from "../../../widget/transport/frames.ts";

type Frames = [id: string, data: string][];

/** Passes a stream's bytes to a reader in chunks. */
function feed(pieces: readonly Uint8Array[], read: (text: string) => void): void {
  const decoder = new TextDecoder();
  for (const piece of pieces) read(decoder.decode(piece, { stream: true }));
}

function ours(pieces: readonly Uint8Array[]): Frames {
  const frames: Frames = [];
  feed(
    pieces,
    createFrameReader((id, data) => frames.push([id, data])),
  );
  return frames;
}

/** The result of a widely used parser. */
function theirs(bytes: Uint8Array): Frames {
  const frames: Frames = [];
  const parser = createParser({ onEvent: ({ id = "", data }) => frames.push([id, data]) });
  feed([bytes], (text) => parser.feed(text));
  return frames;
}

const words = fc.constantFrom(
  "",
  " ",
  "a",
  ":",
  "id",
  "data",
  "Grüße",
  "🌊",
  "日本語",
  "\0",
  "\u2028",
  '{"a":1}',
  "a.7",
);
const field = fc.constantFrom("data", "id", "event", "retry", "", "data ", "Data", "dat", "idx", "unknown");
const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(field, fc.constantFrom(":", ": ", ""), words, words).map((parts) => parts.join("")),
  },
  { weight: 2, arbitrary: fc.constant("") },
);
const end = fc.constantFrom("\n", "\r", "\r\n");
const text = fc
  .tuple(fc.constantFrom("", "\uFEFF"), fc.array(fc.tuple(line, end).map((parts) => parts.join(""))), line)
  .map(([mark, lines, last]) => mark + lines.join("") + last);

describe("reading frames", () => {
  it("finds the same frames as eventsource-parser, for every cut", () => {
    fc.assert(
      fc.property(text, (stream) => {
        const bytes = new TextEncoder().encode(stream);
        const expected = theirs(bytes);
        assert.deepEqual(ours([...bytes].map((byte) => Uint8Array.of(byte))), expected);
        for (let at = 0; at <= bytes.length; at += 1) {
          assert.deepEqual(ours([bytes.slice(0, at), bytes.slice(at)]), expected);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("reads a long line in many chunks in linear time", () => {
    let length = 0;
    const read = createFrameReader((_, data) => {
      length = data.length;
    });
    read("data: ");
    const start = process.cpuUsage(); // not the clock, because this process may wait on a busy machine
    for (let piece = 0; piece < 100_000; piece += 1) read("0123456789");
    read("\n\n");
    assert.equal(length, 1_000_000);
    const { user } = process.cpuUsage(start);
    assert.ok(user < 2_000_000, "the line was split more than once");
  });
});
