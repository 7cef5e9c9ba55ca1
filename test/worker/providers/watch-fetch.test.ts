import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ChatError } from "../../../protocol/index.ts";
import type { Fetch } from "../../../worker/providers/provider.ts";
import { watchFetch } from "../../../worker/providers/watch-fetch.ts";
import { breakAfter, faults, jsonAnswer, startFaultServer } from "../../fault-server/index.ts";
import type { Step } from "../../fault-server/index.ts";
import { eventually } from "../../support/eventually.ts";
import { patient } from "./helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const watched = watchFetch(fetch, patient);
const bytes = (text: string): Step => ({ send: text });

async function failureOf(promise: Promise<unknown>): Promise<{ code: unknown; tookMs: number }> {
  const startedAt = Date.now();
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { code: error instanceof ChatError ? error.code : error, tookMs: Date.now() - startedAt };
}

describe("watchFetch", () => {
  test("gives what the upstream gives", async () => {
    server.script(jsonAnswer(418, { a: "é" }, { "x-own": "1" }));
    const response = await watched(server.url);
    assert.equal(response.status, 418);
    assert.equal(response.headers.get("x-own"), "1");
    assert.deepEqual(await response.json(), { a: "é" });
  });

  test("the first byte has its own limit, before the head and after it", async () => {
    const hasty = watchFetch(fetch, { ...patient, firstByteMs: 120 });
    for (const fault of [faults.stallBeforeHead, faults.stallBeforeBody]) {
      server.reset();
      server.script(fault);
      const { code, tookMs } = await failureOf(hasty(server.url).then((response) => response.text()));
      assert.equal(code, "provider_timeout");
      assert.ok(tookMs >= 110 && tookMs < patient.silenceMs, `${tookMs} ms`);
      const [request] = server.requests; // a busy machine may not even have sent it
      if (request) await server.waitUntilLeft(request);
    }
  });

  test("silence counts from the last byte, whatever the byte is", async () => {
    const silenceMs = 1500;
    const pauseMs = 600;
    const steps: Step[] = [bytes("a")];
    for (let n = 0; n < 3; n += 1) steps.push({ pauseMs }, bytes("b"));
    server.script({ steps: [...steps, { stall: true }] });
    const hasty = watchFetch(fetch, { ...patient, silenceMs });
    const { code, tookMs } = await failureOf(hasty(server.url).then((response) => response.text()));
    assert.equal(code, "provider_timeout");
    assert.ok(tookMs >= 3 * pauseMs + silenceMs - 10 && tookMs < patient.firstByteMs, `${tookMs} ms`);
  });

  test("a reader that takes its time is no silence of the upstream", async () => {
    server.script({ steps: [bytes("a"), { hold: "b" }, bytes("b")] });
    const response = await watchFetch(fetch, { ...patient, silenceMs: 1000 })(server.url);
    const reader = response.body?.getReader() ?? assert.fail();
    await reader.read();
    server.release("b");
    await sleep(1200);
    assert.equal((await reader.read()).done, false);
    assert.equal((await reader.read()).done, true);
  });

  test("a broken body is upstream_truncated, no connection is provider_unavailable", async () => {
    server.script(breakAfter(1, { steps: [bytes("a")] }));
    assert.equal((await failureOf(watched(server.url).then((response) => response.text()))).code, "upstream_truncated");
    server.script(faults.breakBeforeHead);
    assert.equal((await failureOf(watched(server.url))).code, "provider_unavailable");
  });

  test("cancelling the body closes the upstream", async () => {
    server.script({ steps: [bytes("a"), { stall: true }] });
    await (await watched(server.url)).body?.cancel();
    await server.waitUntilLeft(server.requests[0] ?? assert.fail());
  });

  test("an abort rejects with the caller's reason, even where `fetch` does not listen", async () => {
    const deaf: Fetch = async () => new Response(new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }));
    const reason = new Error("stopped");
    const controller = new AbortController();
    const response = await watchFetch(deaf, patient)("http://upstream.invalid", { signal: controller.signal });
    const failure = failureOf(response.text());
    controller.abort(reason);
    assert.equal((await failure).code, reason);
  });

  test("leaves no timer behind", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    server.script([jsonAnswer(200, {}), faults.breakBeforeHead, { steps: [bytes("a"), { stall: true }] }]);
    await (await watched(server.url)).text();
    await failureOf(watched(server.url));
    await (await watched(server.url)).body?.cancel();
    await failureOf(watched(server.url, { signal: AbortSignal.abort() }));
    await eventually(() => assert.ok(timers() <= before));
  });
});
