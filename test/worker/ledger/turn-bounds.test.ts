// How many requests one question causes at most, and how many questions one visitor may ask, whatever they delete.
import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "../../../protocol/index.ts";
import { anthropicError, startFaultServer } from "../../fault-server/index.ts";
import { endingCode, jsonOf, sentBody, testOrigin, TestVisitor } from "../../support/client.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";
import { askOnce, startLedgerRig, startLedgerWorker } from "../support/ledger-rig.ts";
import { identitySecret, userToken } from "../support/user-token.ts";

test("a turn that fails with two fallbacks makes five requests at most, and asks each model", async () => {
  await using rig = await startLedgerRig();
  rig.upstream.script(anthropicError(500, "api_error"));
  assert.equal(endingCode(await askOnce(rig.worker, "twice-fallen")), "provider_unavailable");
  const models = rig.upstream.requests.map((request) => sentBody(request)["model"]);
  const [first, second, third] = ["claude-sonnet-4-5", "second", "claude-haiku-4-5"];
  assert.deepEqual(models, [first, first, first, second, third]);
  await rig.assertPaid("twice-fallen", 5000); // each request may have cost something
});

test("deleting one's data does not reset the daily limit of a named visitor", async () => {
  await using upstream = await startFaultServer();
  const state = await makeFolder("ledger");
  const signIn = async (url: string): Promise<TestVisitor> => {
    const body = { assistant: "two-each", userToken: userToken("ada", { claims: { aud: "two-each" } }) };
    const headers = { origin: testOrigin, "content-type": "application/json" };
    const request = fetch(url + routes.sessions, { method: "POST", headers, body: JSON.stringify(body) });
    return new TestVisitor(url, (await jsonOf<{ token: string }>(request)).token);
  };
  {
    await using worker = await startLedgerWorker(upstream, state, { IDENTITY_SECRET: identitySecret });
    const visitor = await signIn(worker.url);
    for (const code of ["ok", "ok", "rate_limited"]) assert.equal(endingCode(await visitor.ask("Hello?")), code);
    assert.equal((await visitor.send(routes.visitor, { method: "DELETE" })).status, 204);
  }
  // After a restart, nothing is left in the memory of the visitor's object.
  await using worker = await startLedgerWorker(upstream, state, { IDENTITY_SECRET: identitySecret });
  const visitor = await signIn(worker.url);
  assert.equal(endingCode(await visitor.ask("Hello again?")), "rate_limited");
  assert.equal(upstream.requests.length, 2);
  await worker.stop();
  await removeFolder(state);
});
