// What a turn costs: 200 visitors at once on one local worker, each with a turn of 300 events and one reconnect.
import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal, parseEventId, routes } from "../../protocol/index.ts";
import { anthropicAnswer, anthropicFrame, type Step } from "../fault-server/index.ts";
import { deltas, ending, readStream, TestVisitor, type Frame } from "../support/client.ts";
import { startTestWorker } from "../support/worker.ts";
import { spread } from "./figures.ts";
import { findWorkerds, usageOf } from "./processes.ts";

const visitors = 200;
/** Five of them are not pieces of the answer: start, status, two usages and the end. */
const events = 300;
const pieceCount = events - 5;
const paceMs = 250;

/** Runs the measurement and returns the figures. */
export async function prove(): Promise<object> {
  await using upstream = await startStampingUpstream();
  await using worker = await startTestWorker({
    entry: "test/worker/turn-project/entry.ts",
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url },
  });
  const workerd = findWorkerds();
  await takeTurn(worker.url, []); // loads everything once
  const idle = usageOf(workerd);
  const lags: number[] = [];
  let peakKiB = 0;
  const watch = setInterval(() => (peakKiB = Math.max(peakKiB, usageOf(workerd).memoryKiB)), 250);
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: visitors }, async (_, index) => {
      await sleep(index * 10); // visitors do not all send in the same millisecond
      await takeTurn(worker.url, lags);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(watch);
  const used = usageOf(workerd);
  assert.equal(upstream.asked(), visitors + 1);
  const processorMs = used.processorMs - idle.processorMs;
  return {
    visitors,
    eventsEach: events,
    reconnects: visitors,
    equal: visitors,
    seconds: Math.round(seconds),
    eventsPerSecond: Math.round((visitors * events) / seconds),
    workerd: {
      processorMsPerTurn: Math.round((processorMs / visitors) * 10) / 10,
      processorMicrosPerEvent: Math.round((processorMs * 1000) / visitors / events),
      memoryIdleMiB: Math.round(idle.memoryKiB / 1024),
      memoryPeakMiB: Math.round(peakKiB / 1024),
      memoryKiBPerVisitor: Math.round((peakKiB - idle.memoryKiB) / visitors),
    },
    // The time from the upstream's write of a piece to its arrival at the visitor. Replayed pieces do not count.
    addedLatencyMs: spread(lags),
  };
}

/** One turn of one visitor: its stream is cut in the middle and resumed, and the text must be complete. */
async function takeTurn(url: string, lags: number[]): Promise<void> {
  const visitor = await TestVisitor.arrive(url, "plain");
  const conversation = crypto.randomUUID();
  const body = { conversation, id: crypto.randomUUID(), userPrompt: "Hi" };
  const frames: Frame[] = [];
  const take = (frame: Frame) => {
    frames.push(frame);
    const stamp = frame.event.type === "delta" ? Number(/@(\d+)/.exec(frame.event.content)?.[1]) : Number.NaN;
    if (Number.isFinite(stamp)) lags.push(Date.now() - stamp);
  };
  const cut = new AbortController();
  const at = 100 + Math.floor(Math.random() * 100);
  await readStream(await visitor.send(routes.messages, { body, signal: cut.signal }), (frame) => {
    if (cut.signal.aborted) return; // arrived with the last frame: the reconnect requests it again
    take(frame);
    if (frames.length >= at) cut.abort();
  }).catch((error: unknown) => {
    if (!cut.signal.aborted) throw error;
  });
  const headers = { "last-event-id": frames.at(-1)?.id ?? "" };
  const resumed = await visitor.send(routes.stream(conversation), { headers });
  let isCatchingUp = true;
  setTimeout(() => (isCatchingUp = false), 500);
  await readStream(resumed, (frame) => (isCatchingUp ? frames.push(frame) : take(frame)));
  for (const [index, { id }] of frames.entries()) assert.equal(parseEventId(id)?.seq, index + 1);
  assert.equal(frames.filter(({ event }) => isTerminal(event)).length, 1);
  const streamed = { status: 200, headers: resumed.headers, frames, raw: "" };
  assert.equal(deltas(streamed), ending(streamed).content);
  assert.equal(deltas(streamed).match(/@/g)?.length, pieceCount);
}

interface Upstream extends AsyncDisposable {
  url: string;
  asked(): number;
}

/** An upstream that puts the time of sending into each piece. */
async function startStampingUpstream(): Promise<Upstream> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    request.resume();
    void answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert.ok(address && typeof address === "object");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${address.port}`, asked: () => count, [Symbol.asyncDispose]: close };
}

async function answer(response: ServerResponse): Promise<void> {
  response.socket?.setNoDelay(true);
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const frames = anthropicAnswer({ text: "?" }).steps.flatMap((step) => ("send" in step ? [step.send] : []));
  const [start = "", blockStart = "", , ...end] = frames;
  response.write(start + blockStart);
  for (let piece = 0; piece < pieceCount; piece += 1) {
    response.write(frameOf(delta(`word${piece} @${Date.now()} `)));
    await sleep(paceMs);
  }
  response.end(end.join(""));
}

function delta(text: string): Step {
  return anthropicFrame({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
}

function frameOf(step: Step): string {
  return "send" in step ? step.send : "";
}
