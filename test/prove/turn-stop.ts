// How long the upstream stays open after a stop, and after the grace period of a turn that nobody follows.
import assert from "node:assert/strict";
import { routes, type Usage } from "../../protocol/index.ts";
import { anthropicAnswer, slowly, stallAfter, type ReceivedRequest } from "../fault-server/index.ts";
import { ending, readStream, TestVisitor } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { pieces, startRig, type Rig } from "../worker/support/rig.ts";
import { pool, spread } from "./figures.ts";

const rounds = 100;
const graceMs = 1000;
const heartbeatMs = 1000;
const limitMs = 500;

const talking = slowly(20, anthropicAnswer({ text: pieces(3000) }));
const silent = stallAfter(5, talking);

/** Runs the measurement and returns the figures. */
export async function prove(): Promise<object> {
  await using rig = await startRig({ variables: { GRACE_MS: String(graceMs), HEARTBEAT_MS: String(heartbeatMs) } });
  rig.upstream.script(({ text }) => (text.includes("silent") ? silent : talking));
  const kind = (round: number) => (round % 2 === 0 ? "talking" : "silent");
  const stopped = await pool(rounds, 4, (round) => stop(rig, kind(round)));
  const left = await pool(rounds, 10, (round) => leave(rig, kind(round)));
  const after = (which: string) => left.filter((_, round) => kind(round) === which);
  const figures = {
    rounds,
    closedAfterStopMs: spread(stopped),
    closedAfterStopWhenSilentMs: spread(stopped.filter((_, round) => kind(round) === "silent")),
    // With pieces, a closed connection is noticed at the next write. Without them, it is noticed at the next heartbeat.
    closedAfterGraceMs: spread(after("talking")),
    heartbeatMs,
    closedAfterGraceWhenSilentMs: spread(after("silent")),
    withUsage: stopped.length + left.length,
  };
  assert.ok(figures.closedAfterStopMs.p95 <= limitMs);
  assert.ok(figures.closedAfterGraceMs.p95 <= limitMs);
  assert.ok(figures.closedAfterGraceWhenSilentMs.p95 <= heartbeatMs + limitMs);
  return figures;
}

async function stop({ upstream, worker }: Rig, prompt: string): Promise<number> {
  const { visitor, conversation, id, response, request } = await ask(upstream, worker.url, prompt);
  const streamed = readStream(response);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const at = Date.now();
  const { status } = await visitor.send(routes.stop, { body: { conversation, messageId: id } });
  assert.equal(status, 202);
  const leftAt = await upstream.waitUntilLeft(request());
  const last = ending(await streamed);
  assert.ok(last.type === "response" && last.finishReason === "aborted");
  assertUsage(last.usage);
  assert.deepEqual(await storedUsage(visitor, conversation), last.usage);
  return leftAt - at;
}

async function leave({ upstream, worker }: Rig, prompt: string): Promise<number> {
  const leaving = new AbortController();
  const { visitor, conversation, response, request } = await ask(upstream, worker.url, prompt, leaving.signal);
  await response.body?.getReader().read();
  await new Promise((resolve) => setTimeout(resolve, 200));
  leaving.abort();
  const at = Date.now();
  const leftAt = await upstream.waitUntilLeft(request());
  await eventually(async () => (await storedUsage(visitor, conversation)) !== undefined);
  assertUsage(await storedUsage(visitor, conversation));
  assert.ok(leftAt - at >= graceMs);
  return leftAt - at - graceMs;
}

async function ask(upstream: Rig["upstream"], url: string, prompt: string, signal?: AbortSignal) {
  const visitor = await TestVisitor.arrive(url, "plain");
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const body = { conversation, id, userPrompt: `${prompt} ${id}` };
  const response = await visitor.send(routes.messages, { body, signal });
  const request = (): ReceivedRequest => upstream.requests.find(({ text }) => text.includes(id)) ?? assert.fail();
  return { visitor, conversation, id, response, request };
}

async function storedUsage(visitor: TestVisitor, conversation: string): Promise<Usage | undefined> {
  const [, answer] = (await visitor.read(conversation)).messages;
  return answer?.role === "assistant" ? answer.usage : undefined;
}

function assertUsage(usage: Usage | undefined): void {
  assert.ok(usage && usage.inputTokens > 0 && usage.outputTokens > 0 && usage.source === "estimated");
}
