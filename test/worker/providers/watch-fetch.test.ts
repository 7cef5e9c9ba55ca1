import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { ChatError } from "../../../protocol/index.ts";
import type { Fetch, ProviderTimeouts } from "../../../worker/providers/provider.ts";
import { watchFetch } from "../../../worker/providers/watch-fetch.ts";
import { breakAfter, faults, jsonAnswer, startFaultServer } from "../../fault-server/index.ts";
import type { Step } from "../../fault-server/index.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const timeouts: ProviderTimeouts = { firstByteMs: 120, silenceMs: 60 };
const watched = watchFetch(fetch, timeouts);
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
    for (const fault of [faults.stallBeforeHead, faults.stallBeforeBody]) {
      server.reset();
      server.script(fault);
      const { code, tookMs } = await failureOf(watched(server.url).then((response) => response.text()));
      assert.equal(code, "provider_timeout");
      assert.ok(tookMs >= 110 && tookMs < 400, `${tookMs} ms`);
      await server.waitUntilLeft(server.requests[0] ?? assert.fail(), 250);
    }
  });

  test("silence counts from the last byte, whatever the byte is", async () => {
    const steps: Step[] = [bytes("a")];
    for (let n = 0; n < 6; n += 1) steps.push({ pauseMs: 35 }, bytes("b"));
    server.script({ steps: [...steps, { stall: true }] });
    const { code, tookMs } = await failureOf(watched(server.url).then((response) => response.text()));
    assert.equal(code, "provider_timeout");
    assert.ok(tookMs >= 6 * 35 + 55 && tookMs < 600, `${tookMs} ms`);
  });

  test("a reader that takes its time is no silence of the upstream", async () => {
    server.script({ steps: [bytes("a"), { pauseMs: 10 }, bytes("b")] });
    const response = await watched(server.url);
    const reader = response.body?.getReader() ?? assert.fail();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 200));
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
    await server.waitUntilLeft(server.requests[0] ?? assert.fail(), 250);
  });

  test("an abort rejects with the caller's reason, even where `fetch` does not listen", async () => {
    const deaf: Fetch = async () => new Response(new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }));
    const reason = new Error("stopped");
    const controller = new AbortController();
    const response = await watchFetch(deaf, timeouts)("http://upstream.invalid", { signal: controller.signal });
    const failure = failureOf(response.text());
    controller.abort(reason);
    assert.equal((await failure).code, reason);
  });

  test("leaves no timer behind", async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const slow = watchFetch(fetch, { firstByteMs: 60_000, silenceMs: 60_000 });
    server.script([jsonAnswer(200, {}), faults.breakBeforeHead, { steps: [bytes("a"), { stall: true }] }]);
    await (await slow(server.url)).text();
    await failureOf(slow(server.url));
    await (await slow(server.url)).body?.cancel();
    await failureOf(slow(server.url, { signal: AbortSignal.abort() }));
    assert.equal(process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length, before);
  });
});
