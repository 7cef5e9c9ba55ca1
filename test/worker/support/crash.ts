import assert from "node:assert/strict";
import { parseEventId, routes } from "../../../protocol/index.ts";
import { anthropicAnswer, slowly, type FaultServer } from "../../fault-server/index.ts";
import { ending, readStream, TestVisitor, type Frame } from "../../support/client.ts";
import { pieces } from "./rig.ts";

/** How much of an answer may be lost, in milliseconds of a running worker. */
const lossMs = 1000;

const text = pieces(3000);
const endless = slowly(7, anthropicAnswer({ text }));

/** A running turn, with what its follower has received. */
export interface RunningTurn {
  visitor: TestVisitor;
  conversation: string;
  id: string;
  seen: { frame: Frame; at: number }[];
}

/** Asks for an answer that takes far longer than any test waits. */
export async function startTurn(upstream: FaultServer, url: string, assistant = "plain"): Promise<RunningTurn> {
  upstream.script(endless);
  const visitor = await TestVisitor.arrive(url, assistant);
  const [conversation, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const response = await visitor.send(routes.messages, { body: { conversation, id, userPrompt: "Hi" } });
  assert.equal(response.status, 200);
  const seen: RunningTurn["seen"] = [];
  const reading = readStream(response, (frame) => seen.push({ frame, at: performance.now() }));
  reading.catch(() => undefined); // the worker is killed meanwhile
  return { visitor, conversation, id, seen };
}

/**
 * Checks a conversation after its worker was killed during an answer and started again on the same state. The
 * conversation keeps all but the last second of the answer, and reports that the answer was cut off. Its follower can
 * resume the stream, and the question can be answered again.
 * @param options.killedAt a time of `performance.now()`
 * @param options.url the worker's new URL
 * @returns the age of the oldest lost piece of the answer when the worker was killed, in milliseconds; 0 if nothing is
 * lost
 */
export async function assertRecovered(
  turn: RunningTurn,
  options: { killedAt: number; upstream: FaultServer; url: string },
): Promise<number> {
  const { conversation, id, seen } = turn;
  const visitor = turn.visitor.at(options.url);
  const { messages, active } = await visitor.read(conversation);
  const [, answer] = messages;
  assert.equal(active, null);
  assert.ok(answer?.role === "assistant");
  assert.deepEqual([answer.status, answer.errorCode], ["failed", "upstream_truncated"]);
  assert.ok(answer.usage && answer.usage.inputTokens > 0);
  assert.ok(text.join("").startsWith(answer.content), "it contains something that the upstream never sent");
  const lost = firstLost(seen, answer.content.length);
  const lostMs = lost === undefined ? 0 : options.killedAt - lost;
  // On a busy machine, the worker may not run for a while. During that time it neither writes nor sends, so the longest
  // gap between events shows how long that was.
  const stalledMs = longestSilence(seen, options.killedAt);
  assert.ok(lostMs < lossMs + stalledMs, `${lostMs} ms of the answer are lost, with a longest gap of ${stalledMs} ms`);
  const last = seen.at(-1)?.frame;
  assert.ok(last);
  const response = await visitor.send(routes.stream(conversation), { headers: { "last-event-id": last.id } });
  const rest = await readStream(response);
  const end = ending(rest);
  assert.ok(end.type === "error" && end.code === "upstream_truncated" && end.content === answer.content);
  const seqs = [last, ...rest.frames].map((frame) => parseEventId(frame.id)?.seq ?? 0);
  assert.ok(
    seqs.every((seq, at) => at === 0 || seq > (seqs[at - 1] ?? 0)),
    `a number was repeated: ${seqs.join()}`,
  );
  options.upstream.script();
  const body = { conversation, message: id, id: crypto.randomUUID() };
  const again = ending(await readStream(await visitor.send(routes.regenerate, { body })));
  assert.ok(again.type === "response" && again.content === "Hello.");
  const [, newest] = (await visitor.read(conversation)).messages;
  assert.ok(newest?.role === "assistant" && newest.versions?.length === 1 && newest.status === "complete");
  return lostMs;
}

/** The longest time without an event, in milliseconds. */
function longestSilence(seen: RunningTurn["seen"], killedAt: number): number {
  const times = [...seen.map(({ at }) => at), killedAt];
  return Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)));
}

/** When the first piece beyond the `kept` characters of the answer arrived; undefined if there is none. */
function firstLost(seen: RunningTurn["seen"], kept: number): number | undefined {
  let length = 0;
  for (const { frame, at } of seen) {
    if (frame.event.type !== "delta") continue;
    length += frame.event.content.length;
    if (length > kept) return at;
  }
  return undefined;
}
