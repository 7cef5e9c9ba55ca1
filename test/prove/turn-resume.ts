// Resumes a turn of 500 events from each of its event ids, then cuts and resumes 1,000 such turns at random.
import assert from "node:assert/strict";
import { parseEventId, routes } from "../../protocol/index.ts";
import { anthropicAnswer, insertAfter, slowly } from "../fault-server/index.ts";
import { deltas, ending, readStream, TestVisitor, type Frame, type Streamed } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { seeded } from "../support/seeded.ts";
import { askWithCuts } from "../worker/support/reconnect.ts";
import { pieces, startRig, type Rig } from "../worker/support/rig.ts";
import { pool } from "./figures.ts";

const runs = 1000;
const text = pieces(495);
/** How many streams follow a turn while it runs: a visitor can have 64 streams, and one is that of the question. */
const followedAtOnce = 60;

/** Runs the test and returns the figures. */
export async function prove(): Promise<object> {
  await using rig = await startRig();
  const everyId = await followFromEveryId(rig);
  rig.upstream.reset();
  rig.upstream.script(slowly(1, anthropicAnswer({ text })));
  const cuts = await pool(runs, 12, async (seed) => {
    const visitor = await TestVisitor.arrive(rig.worker.url, seed % 2 === 0 ? "chatty" : "plain");
    const asked = { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hi" };
    const stitched = await askWithCuts(visitor, asked, seeded(seed));
    assertWhole(stitched.frames);
    const [, answer] = (await visitor.read(asked.conversation)).messages;
    assert.equal(answer?.content, text.join(""));
    return stitched.cuts;
  });
  assert.equal(rig.upstream.requests.length, runs);
  return { ...everyId, randomRuns: runs, cuts: cuts.reduce((sum, count) => sum + count, 0), lost: 0, twice: 0 };
}

/** Follows turns from each of their event ids, while they run and afterwards. */
async function followFromEveryId({ upstream, worker }: Rig): Promise<object> {
  upstream.script(insertAfter(490, [{ hold: "end" }], anthropicAnswer({ text })));
  let [events, followedWhileRunning, count] = [0, 0, 0];
  do {
    const visitor = await TestVisitor.arrive(worker.url, "chatty");
    const conversation = crypto.randomUUID();
    const body = { conversation, id: crypto.randomUUID(), userPrompt: "Hi" };
    const seen: Frame[] = [];
    const asked = readStream(await visitor.send(routes.messages, { body }), (frame) => seen.push(frame));
    await eventually(() => upstream.heldCount("end") === 1 && seen.length > 480);
    const follow = async (id: string) =>
      readStream(await visitor.send(routes.stream(conversation), { headers: { "last-event-id": id } }));
    const from = followedWhileRunning;
    const running = seen.slice(from, from + followedAtOnce).map(({ id }) => follow(id));
    count = running.length;
    followedWhileRunning += count;
    await new Promise((resolve) => setTimeout(resolve, 500));
    upstream.release("end");
    const { frames } = await asked;
    assertWhole(frames);
    for (const [at, rest] of (await Promise.all(running)).entries())
      assert.deepEqual(rest.frames, frames.slice(from + at + 1));
    if (from === 0) {
      for (const [at, { id }] of frames.entries()) assert.deepEqual((await follow(id)).frames, frames.slice(at + 1));
    }
    events = frames.length;
  } while (count === followedAtOnce);
  return { events, followedWhileRunning, followedAfter: events };
}

function assertWhole(frames: Frame[]): void {
  const streamed: Streamed = { status: 200, headers: new Headers(), frames, raw: "" };
  for (const [at, { id }] of frames.entries()) assert.equal(parseEventId(id)?.seq, at + 1);
  assert.equal(ending(streamed).content, text.join(""));
  assert.equal(deltas(streamed), text.join(""));
}
