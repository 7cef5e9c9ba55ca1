// The provider of the benchmark. It streams in Anthropic's format at a given pace, and records when it sent each piece.
import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import { nowMs } from "../lib/clock.ts";
import { encodePiece, pieceChars, type Pace } from "../lib/pieces.ts";
import { serve } from "../lib/rpc.ts";
import type { SentStream } from "./sent.ts";

/** A stream that is being sent. */
interface Sending {
  response: ServerResponse;
  pace: Pace;
  sent: SentStream;
  next: number;
}

let pace: Pace = { pieces: 1, piecesPerSecond: 50 };
let lastNumber = 0;
const finished: SentStream[] = [];
const sending = new Set<Sending>();
let isTicking = false;

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    if (request.method === "POST" && request.url?.split("?")[0] === "/v1/messages") begin(response);
    else response.writeHead(404).end();
  });
});

/** Each piece is due at a fixed time from the stream's start, so a late piece does not delay the next one. */
function begin(response: ServerResponse): void {
  response.socket?.setNoDelay(true);
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  lastNumber += 1;
  const sent = { number: lastNumber, startedAt: nowMs(), sentAt: new Float64Array(pace.pieces) };
  const stream: Sending = { response, pace, sent, next: 0 };
  response.write(head(lastNumber));
  response.on("close", () => {
    sending.delete(stream);
    finished.push(sent);
  });
  sending.add(stream);
  if (!isTicking) tick();
}

function tick(): void {
  const now = nowMs();
  for (const stream of sending) sendDue(stream, now);
  isTicking = sending.size > 0;
  if (isTicking) setTimeout(tick, 1);
}

function sendDue(stream: Sending, now: number): void {
  const { response, sent } = stream;
  const { pieces, piecesPerSecond } = stream.pace;
  const due = Math.min(pieces, Math.floor(((now - sent.startedAt) * piecesPerSecond) / 1000) + 1);
  for (; stream.next < due; stream.next += 1) {
    const text = encodePiece(stream.next === 0 ? sent.number : stream.next);
    sent.sentAt[stream.next] = nowMs();
    response.write(
      `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${text}"}}\n\n`,
    );
  }
  if (stream.next < pieces) return;
  sending.delete(stream);
  response.end(tail(pieces));
}

/** @see https://platform.claude.com/docs/en/build-with-claude/streaming */
function frame(event: { type: string; [field: string]: unknown }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function head(number: number): string {
  const fixed = { type: "message", role: "assistant", content: [], stop_reason: null, stop_sequence: null };
  const usage = { input_tokens: 25, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = { id: `msg_${number}`, model: "claude-opus-5", ...fixed, usage };
  return (
    frame({ type: "message_start", message }) +
    frame({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }) +
    frame({ type: "ping" })
  );
}

function tail(pieces: number): string {
  const delta = { stop_reason: "end_turn", stop_sequence: null };
  return (
    frame({ type: "content_block_stop", index: 0 }) +
    frame({ type: "message_delta", delta, usage: { output_tokens: pieces * Math.ceil(pieceChars / 4) } }) +
    frame({ type: "message_stop" })
  );
}

server.listen(0, "127.0.0.1");
await once(server, "listening");

serve({
  url() {
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("the upstream has no port");
    return `http://127.0.0.1:${address.port}`;
  },
  /** Sets the pace of all streams that begin from now on. */
  setPace(next: Pace) {
    pace = next;
  },
  /** Returns the streams that have ended since the last call. */
  takeSent() {
    return finished.splice(0);
  },
});
