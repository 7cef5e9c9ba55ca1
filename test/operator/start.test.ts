// `npm start` in an operator's own project.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findRandomPort } from "../../scripts/lib/find-port.ts";
import { routes, type AssistantProfile } from "../../protocol/index.ts";
import { jsonOf } from "../support/client.ts";
import { OperatorProject } from "../support/operator-project.ts";

test("the operator's own assistants can be tried, although their origins are elsewhere", async () => {
  await using project = await OperatorProject.create();
  project.write(".dev.vars", "ANTHROPIC_API_KEY=\n"); // prepared, but not filled in
  project.shareBuild();
  const port = String(await findRandomPort());
  await using running = project.start("start", "--port", port);
  const url = `http://127.0.0.1:${port}`;
  await running.printed(`Open ${url}`);
  assert.match(running.output(), /^help +anthropic +the stand-in on this machine$/m);
  assert.match(running.output(), /^desk +foundry +the stand-in on this machine$/m);

  const profile = await jsonOf<AssistantProfile>(fetch(url + routes.assistant("help")));
  assert.ok(profile.available, "an empty variable does not stand in the stand-in's way");

  const compare = await (await fetch(`${url}/compare`)).text();
  for (const id of ["help", "desk"])
    assert.match(compare, new RegExp(`<input type="radio" name="assistant" value="${id}"`));
  assert.match(compare, /<rivulet-chat mode="inline" assistant="help">/);
  assert.match(await (await fetch(url)).text(), /data-assistant="help"/);

  for (const origin of [url, `http://localhost:${port}`]) {
    const body = JSON.stringify({ assistant: "help" });
    const session = await fetch(url + routes.sessions, { method: "POST", headers: { origin }, body });
    assert.equal(session.status, 201, origin);
  }
  const body = JSON.stringify({ assistant: "help" });
  const elsewhere = { method: "POST", headers: { origin: "https://shop.example" }, body };
  assert.equal((await fetch(url + routes.sessions, elsewhere)).status, 403);
});
