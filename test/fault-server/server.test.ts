import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { anthropicAnswer, azureAnswer, cutAt, plainAnswer, startFaultServer } from "./index.ts";
import type { RemoteScript } from "./index.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const post = (path: string, body = "{}") => fetch(server.url + path, { method: "POST", body });

test("without a script it answers on every wire", async () => {
  assert.match(await (await post("/v1/messages")).text(), /message_stop/);
  for (const path of ["/models", "/openai/deployments/d", "/openai/v1"]) {
    assert.match(await (await post(`${path}/chat/completions?api-version=1`)).text(), /\[DONE\]/);
  }
  assert.match(await (await post("/tenant/oauth2/v2.0/token", "a=b")).text(), /access_token/);
  assert.equal((await post("/elsewhere")).status, 404);
  const wires = server.requests.map(({ wire }) => wire);
  assert.deepEqual(wires, ["anthropic", "models", "deployments", "v1", "token", "other"]);
});

test("it records what it received", async () => {
  await (await post("/v1/messages?a=1", '{"b":2}')).text();
  const [request] = await server.waitForRequests(1);
  assert.equal(request?.url, "/v1/messages?a=1");
  assert.deepEqual(request?.json, { b: 2 });
  assert.ok(request?.endedAt !== undefined && request.leftAt === undefined);
});

test("a list has one scenario per request, and the last one is repeated", async () => {
  server.script([plainAnswer(500, ""), plainAnswer(200, "ok")]);
  const statuses: number[] = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await post("/v1/messages")).status);
  assert.deepEqual(statuses, [500, 200, 200]);
});

test("a held request waits until it is released", async () => {
  server.script({ steps: [{ send: "a" }, { hold: "gate" }, { send: "b" }] });
  const reader = (await post("/v1/messages")).body?.getReader() ?? assert.fail();
  assert.equal(Buffer.from((await reader.read()).value ?? []).toString(), "a");
  assert.equal(server.heldCount("gate"), 1);
  server.release("gate");
  assert.equal(Buffer.from((await reader.read()).value ?? []).toString(), "b");
});

test("a cut makes a separate write", async () => {
  server.script(cutAt([1, 3], { steps: [{ send: "ab" }, { send: "cdef" }] }));
  assert.equal(await (await post("/v1/messages")).text(), "abcdef");
});

test("it can be controlled over HTTP", async () => {
  const script: RemoteScript = {
    wires: { anthropic: [plainAnswer(503, ""), anthropicAnswer({ text: "one" })], v1: azureAnswer({ text: "two" }) },
  };
  await fetch(`${server.url}/__fault/script`, { method: "PUT", body: JSON.stringify(script) });
  assert.equal((await post("/v1/messages")).status, 503);
  assert.match(await (await post("/v1/messages")).text(), /"one"/);
  assert.match(await (await post("/openai/v1/chat/completions")).text(), /"two"/);
  const requests: unknown = await (await fetch(`${server.url}/__fault/requests`)).json();
  assert.equal(Array.isArray(requests) && requests.length, 3);
  await fetch(`${server.url}/__fault/script`, { method: "DELETE" });
  assert.equal(server.requests.length, 0);
});
