// Tests the search for planted words: it finds every word that was planted, so an empty result is meaningful.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { canary, CanarySearch } from "../support/canary.ts";

const sentence = `data: {"content":"It is ${canary}."}\n\n`;

const server = createServer((request, response) => void answers[request.url ?? ""]?.(response));
let url = "";

const answers: Record<string, (response: ServerResponse) => Promise<unknown> | void> = {
  "/clean": (response) => void response.end(sentence.replace(canary, "nothing")),
  "/head": (response) => void response.setHeader("x-key", canary).end(),
  "/body": (response) => void response.end(sentence),
  "/packed": (response) => void response.setHeader("content-encoding", "gzip").end(gzipSync(sentence)),
  "/broken": async (response) => {
    response.setHeader("content-encoding", "gzip").write(gzipSync(sentence.repeat(9)).subarray(0, -12));
    await sleep(50);
    response.destroy();
  },
  "/unknown": (response) => void response.setHeader("content-encoding", "br").end(brotliCompressSync(sentence)),
  "/pieces": async (response) => {
    for (const letter of sentence) {
      response.write(letter);
      await sleep(1); // so that each part is sent separately
    }
    response.end();
  },
};

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});

after(() => {
  server.close();
  server.closeAllConnections();
});

for (const [path, where] of [
  ["/head", /the head of \/head: .*CANARY/s],
  ["/body", /the body of \/body: .*CANARY/s],
  ["/pieces", /the body of \/pieces: .*CANARY/s],
  ["/packed", /the body of \/packed: .*CANARY/s],
  ["/broken", /the body of \/broken: .*CANARY/s],
  ["/unknown", /br cannot be decompressed/],
] as const) {
  test(`found in ${path}`, async () => {
    const search = new CanarySearch();
    await (await fetch(url + path)).arrayBuffer().catch(() => undefined); // the body may be incomplete
    assert.throws(() => search.end(), where);
  });
}

test("found in a log", () => {
  const search = new CanarySearch();
  search.readLog(`{"event":"request"}\n{"event":"bug","key":"${canary}"}\n`);
  assert.throws(() => search.end(), /the log/);
});

test("nothing is found in clean responses, and everything is counted", async () => {
  const search = new CanarySearch();
  for (let time = 0; time < 3; time++) await (await fetch(`${url}/clean`)).text();
  search.readLog("one\ntwo");
  const { bytes, ...figures } = search.end();
  assert.deepEqual(figures, { responses: 3, logLines: 2, found: 0 });
  assert.ok(bytes > 3 * sentence.replace(canary, "nothing").length, "heads are counted too");
  await (await fetch(`${url}/body`)).text();
  assert.equal(search.end().responses, 3, "responses after the end are not searched");
});
