import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import type { Provider } from "../../../worker/providers/provider.ts";
import {
  anthropicAnswer,
  azureAnswer,
  faults,
  slowly,
  stallAfter,
  startFaultServer,
} from "../../fault-server/index.ts";
import { eventually } from "../../support/eventually.ts";
import { ask, providers, readAnswer, request } from "./helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

/** Aborts while the upstream holds its answer. Nothing else can end the request: the timeouts are far too long. */
async function abortOnce(provider: Provider) {
  const controller = new AbortController();
  const outcome = ask(provider, {}, controller.signal);
  await eventually(() => server.heldCount() === 1);
  controller.abort();
  const { events, error } = await outcome;
  await server.waitUntilLeft(server.requests[0] ?? assert.fail());
  return { events, error };
}

for (const { name, connectTo } of providers) {
  const provider = connectTo(server.url);
  const answer = name === "azure" ? azureAnswer({ text: ["a", "b", "c"] }) : anthropicAnswer({ text: ["a", "b", "c"] });

  describe(`${name}: an abort`, () => {
    test("before an answer ends the stream without an error and closes the upstream", async () => {
      server.script(faults.stallBeforeHead);
      const { events, error } = await abortOnce(provider);
      assert.deepEqual([events, error], [[], undefined]);
    });

    test("during an answer keeps what arrived, adds no `finish`, and closes the upstream", async () => {
      server.script(stallAfter(4, answer));
      const { events, error } = await abortOnce(provider);
      assert.equal(error, undefined);
      assert.equal(
        events.some((event) => event.type === "finish"),
        false,
      );
    });

    test("while pieces arrive closes the upstream", async () => {
      server.script(slowly(15, answer));
      const controller = new AbortController();
      const seen: string[] = [];
      const reading = readAnswer(provider, request(), controller.signal, ({ type }) => {
        seen.push(type);
        if (type === "delta") controller.abort();
      });
      await assert.rejects(reading);
      assert.equal(seen.filter((type) => type === "delta").length, 1);
      await server.waitUntilLeft(server.requests[0] ?? assert.fail());
    });

    test("before the start sends no request", async () => {
      assert.deepEqual(await ask(provider, {}, AbortSignal.abort()), { events: [] });
      assert.equal(server.requests.length, 0);
    });

    test("with the caller's own reason is not an error either", async () => {
      server.script(stallAfter(4, answer));
      const controller = new AbortController();
      const outcome = ask(provider, {}, controller.signal);
      await eventually(() => server.heldCount() === 1);
      controller.abort(new Error("the turn was stopped"));
      assert.equal((await outcome).error, undefined);
    });

    test("a stream that is closed before its end closes the upstream too", async () => {
      server.script(stallAfter(4, answer));
      const stream = await provider.open(request(), new AbortController().signal);
      await stream.readToFirstPiece(() => undefined);
      await stream.close();
      await server.waitUntilLeft(server.requests[0] ?? assert.fail());
    });
  });

  test(`${name}: an answer that ended normally leaves the connection open for the next request`, async () => {
    const before = server.requests.length;
    server.script(answer);
    for (let turn = 0; turn < 3; turn += 1) await ask(provider);
    const requests = server.requests.slice(before);
    assert.equal(requests.length, 3);
    assert.deepEqual(
      requests.map(({ leftAt }) => leftAt),
      [undefined, undefined, undefined],
    );
  });
}
