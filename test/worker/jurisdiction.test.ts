// Conversations stay available after their assistant is removed, and are stored in the operator's jurisdiction.
import assert from "node:assert/strict";
import { test } from "node:test";
import { routes, type SessionReply } from "../../protocol/index.ts";
import { ending, testOrigin, TestVisitor } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { readSettings, SettingsError } from "../../worker/settings.ts";
import { makeFolder, removeFolder, testSecret } from "../support/worker.ts";
import { startRig } from "./support/rig.ts";

async function renew(url: string, assistant: string, token?: string): Promise<Response> {
  const headers = { origin: testOrigin, "content-type": "application/json" };
  return fetch(url + routes.sessions, { method: "POST", headers, body: JSON.stringify({ assistant, renew: token }) });
}

test("after an assistant is removed, its visitors can still read, renew, export and delete", async () => {
  const state = await makeFolder("state");
  const conversation = crypto.randomUUID();
  let token: string;
  {
    await using rig = await startRig({ state });
    const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
    await visitor.ask("Still there?", { conversation });
    token = visitor.token;
  }
  {
    await using rig = await startRig({ state, entry: "test/worker/turn-project/without-plain.ts" });
    const { url } = rig.worker;
    assert.equal((await renew(url, "plain")).status, 404);
    const renewed = await renew(url, "plain", token);
    assert.equal(renewed.status, 201);
    const reply: SessionReply = JSON.parse(await renewed.text());
    const visitor = new TestVisitor(url, reply.token);
    assert.deepEqual(
      (await visitor.read(conversation)).messages.map(({ content }) => content),
      ["Still there?", "Hello."],
    );
    assert.equal((await visitor.ask("And now?", { conversation })).error?.code, "not_found");
    assert.equal((await visitor.send(routes.visitorExport)).status, 200);
    assert.equal((await visitor.send(routes.conversation(conversation), { method: "DELETE" })).status, 204);
    assert.equal((await visitor.send(routes.visitor, { method: "DELETE" })).status, 204);
    assert.equal((await visitor.send(routes.conversations)).status, 401);
  }
  await removeFolder(state);
});

test("with DATA_JURISDICTION every object of both kinds is requested in that jurisdiction", async () => {
  const entry = "test/worker/turn-project/jurisdiction-entry.ts";
  await using rig = await startRig({ entry, variables: { DATA_JURISDICTION: "eu" } });
  const visitor = await TestVisitor.arrive(rig.worker.url, "plain");
  assert.equal(ending(await visitor.ask("Where?")).content, "Hello.");
  await eventually(() => {
    const kinds = new Set(rig.worker.output().match(/\{"event":"jurisdiction".*\}/g));
    assert.deepEqual([...kinds].toSorted(), [
      '{"event":"jurisdiction","kind":"ledger","place":"eu"}',
      '{"event":"jurisdiction","kind":"visitor","place":"eu"}',
    ]);
  });
});

test("an unknown DATA_JURISDICTION is refused", () => {
  assert.throws(() => readSettings({ SESSION_SECRET: testSecret, DATA_JURISDICTION: "mars" }), SettingsError);
});
