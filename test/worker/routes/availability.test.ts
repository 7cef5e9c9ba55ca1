// Anybody may request a profile as often as they like: the ledger, which every turn needs, is asked once per interval.
import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type AssistantProfile } from "../../../protocol/index.ts";
import { jsonOf } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { startRig } from "../support/rig.ts";

/** How long the worker keeps the ledger's answer, in milliseconds. */
const keptMs = 5000;

test("a flood of profile requests reaches the ledger once per interval, and every one is answered", async () => {
  await using rig = await startRig({ entry: "test/worker/turn-project/asked-entry.ts" });
  const { url, output } = rig.worker;
  const calls = () => output().split("asked for room").length - 1;
  const ask = () => jsonOf<AssistantProfile>(fetch(url + routes.assistant("plain")));
  // One visitor leaves at once. The others, who wait for the same answer, still get it.
  const left = new AbortController();
  const leaving = fetch(url + routes.assistant("plain"), { signal: left.signal }).catch(() => undefined);
  const first = Array.from({ length: 50 }, ask);
  left.abort();
  await leaving;
  for (const { available } of await Promise.all(first)) assert.equal(available, true);
  const startedAt = performance.now();
  for (let round = 0; round < 10; round++) {
    const profiles = await Promise.all(Array.from({ length: 100 }, ask));
    for (const { available } of profiles) assert.equal(available, true);
  }
  const intervals = Math.ceil((performance.now() - startedAt) / keptMs) + 1;
  await eventually(() => calls() > 0); // the worker's output arrives late
  console.log(`1,000 requests in ${intervals} intervals: ${calls()} calls`);
  assert.ok(calls() <= intervals + 1, `${calls()} calls`);
  // After the interval, the ledger is asked again.
  const before = calls();
  await eventually(async () => {
    await ask();
    return calls() > before;
  });
});
