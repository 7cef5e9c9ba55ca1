import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import type { Fetch, ProviderTimeouts } from "../../../worker/providers/provider.ts";
import {
  anthropicAnswer,
  azureAnswer,
  breakAfter,
  faults,
  stallAfter,
  startFaultServer,
  type Scenario,
  type Step,
} from "../../fault-server/index.ts";
import { ask, codeOf, patient, providers, request, textOf } from "./helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

/** In each set, one limit is short enough to be reached; the other is too long to be reached even on a busy machine. */
const hasty = {
  first: { ...patient, firstByteMs: 120 },
  silent: { ...patient, silenceMs: 1500 },
} satisfies Record<string, ProviderTimeouts>;

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; tookMs: number }> {
  const startedAt = Date.now();
  return { result: await work(), tookMs: Date.now() - startedAt };
}

for (const { name, connectTo } of providers) {
  const answer: Scenario = name === "azure" ? azureAnswer({ text: "Hi" }) : anthropicAnswer({ text: "Hi" });
  const comment: Step = { send: ": still here\n\n" };

  describe(`${name}: silence`, () => {
    test("the first byte has its own limit, before the head and after it", async () => {
      for (const fault of [faults.stallBeforeHead, faults.stallBeforeBody]) {
        server.reset();
        server.script(fault);
        const { result, tookMs } = await timed(() => ask(connectTo(server.url, { timeouts: hasty.first })));
        assert.equal(codeOf(result), "provider_timeout");
        assert.ok(tookMs >= 110 && tookMs < patient.silenceMs, `${tookMs} ms`);
        const [received] = server.requests; // on a busy machine, the request may not have been sent
        if (received) await server.waitUntilLeft(received);
      }
    });

    test("counts from the last byte, whatever the byte is", async () => {
      const pauseMs = 600;
      const pauses = Array.from({ length: 3 }, (): Step[] => [{ pauseMs }, comment]);
      server.script({ ...answer, steps: [comment, ...pauses.flat(), { stall: true }] });
      const { result, tookMs } = await timed(() => ask(connectTo(server.url, { timeouts: hasty.silent })));
      assert.equal(codeOf(result), "provider_timeout");
      const leastMs = pauses.length * pauseMs + hasty.silent.silenceMs - 10;
      assert.ok(tookMs >= leastMs && tookMs < patient.firstByteMs, `${tookMs} ms`);
    });

    test("during an answer keeps what arrived, and closes the upstream", async () => {
      server.script(stallAfter(3, answer));
      const outcome = await ask(connectTo(server.url, { timeouts: hasty.silent }));
      assert.deepEqual([codeOf(outcome), textOf(outcome)], ["provider_timeout", "Hi"]);
      await server.waitUntilLeft(server.requests[0] ?? assert.fail());
    });
  });

  test(`${name}: a broken body is upstream_truncated, no connection is provider_unavailable`, async () => {
    server.script(breakAfter(3, answer));
    assert.equal(codeOf(await ask(connectTo(server.url))), "upstream_truncated");
    server.script(faults.breakBeforeHead);
    assert.equal(codeOf(await ask(connectTo(server.url))), "provider_unavailable");
  });

  test(`${name}: an abort ends a read even if \`fetch\` does not listen to its signal`, async () => {
    const headers = { "content-type": "text/event-stream" };
    const ignoresSignal: Fetch = async () =>
      new Response(new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }), { headers });
    const controller = new AbortController();
    const stream = await connectTo(server.url, { fetch: ignoresSignal }).open(request(), controller.signal);
    const reading = stream.readToFirstPiece(() => undefined);
    controller.abort();
    await assert.rejects(reading);
  });

  test(`${name}: leaves no timer behind`, async () => {
    const slow = { timeouts: { firstByteMs: 60_000, silenceMs: 60_000 } };
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    server.script(answer);
    await ask(connectTo(server.url, slow)); // sets the timers that exist once per process
    const before = timers();
    server.script([answer, faults.breakBeforeHead, breakAfter(3, answer)]);
    const provider = connectTo(server.url, slow);
    for (let count = 0; count < 3; count += 1) await ask(provider);
    await ask(provider, {}, AbortSignal.abort());
    assert.equal(timers(), before);
  });
}
