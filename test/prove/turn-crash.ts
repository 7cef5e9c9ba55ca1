// Kills the worker during three turns and starts it again on the same state, 30 times.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFaultServer } from "../fault-server/index.ts";
import { assertRecovered, startTurn } from "../worker/support/crash.ts";
import { startTurnWorker } from "../worker/support/rig.ts";
import { spread } from "./figures.ts";

const rounds = 30;

/** Runs the test and returns the figures. */
export async function prove(): Promise<object> {
  await using upstream = await startFaultServer();
  const state = await mkdtemp(join(tmpdir(), "rivulet-state-"));
  let worker = await startTurnWorker(upstream, { state, isAlone: true });
  const lost: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const assistants = ["plain", "chatty", "plain"];
    const turns = await Promise.all(assistants.map((assistant) => startTurn(upstream, worker.url, assistant)));
    await new Promise((resolve) => setTimeout(resolve, 700 + 53 * round));
    const killedAt = performance.now();
    await worker.kill();
    worker = await startTurnWorker(upstream, { state, isAlone: true });
    for (const turn of turns) lost.push(await assertRecovered(turn, { killedAt, upstream, url: worker.url }));
  }
  await worker.stop();
  await rm(state, { recursive: true });
  return { rounds, turns: lost.length, stuck: 0, lostMs: spread(lost) };
}
