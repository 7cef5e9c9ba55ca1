// `npm start`, in an operator's own project and as it comes.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { test } from "node:test";
import { findRandomPort } from "../../scripts/lib/find-port.ts";
import { urlOf } from "../../scripts/lib/root.ts";
import { routes, type AssistantProfile } from "../../protocol/index.ts";
import { ending, jsonOf, TestVisitor } from "../support/client.ts";
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

test("the demo's assistant answers from its pages: a word that was written into one of them", async () => {
  await using upstream = await recordStandIn();
  await using project = await OperatorProject.create();
  project.write("assistants/index.ts", demoIndex);
  project.write(".dev.vars", `ANTHROPIC_API_KEY=k\nANTHROPIC_BASE_URL=${upstream.url}\n`);
  const word = `${randomBytes(4).toString("hex").replaceAll(/\d/g, "k")}um`;
  project.own("demo");
  project.edit("demo/content/faults.md", "## Codes\n", `## Codes\n\nThe seal below the Core is a ${word} of 40 mm.\n`);
  project.shareBuild();
  const port = String(await findRandomPort());
  await using running = project.start("start", "--port", port);
  const url = `http://127.0.0.1:${port}`;
  await running.printed(`Open ${url}`);

  const visitor = await TestVisitor.arrive(url, "handbook", url);
  const streamed = await visitor.ask(`How large is the ${word}?`);
  const last = ending(streamed);
  assert.ok(last.type === "response");
  assert.match(last.content, new RegExp(`${word} of 40 mm`));
  assert.ok(upstream.requests.some((text) => text.includes(`${word} of 40 mm`)));
  const [citation] = last.citations;
  const source = last.sources.find(({ index }) => index === citation?.index);
  assert.equal(source?.url, "/faults#codes");
  assert.equal(citation?.quote, `The seal below the Core is a ${word} of 40 mm.`);
  assert.match(await (await fetch(`${url}/faults`)).text(), /id="codes"/);
});

const demoIndex = `import { defineProject } from "../worker/assistants/project.ts";
import { connections } from "./connections.ts";
import { handbook } from "./handbook/assistant.ts";

export const project = defineProject({ connections, assistants: { handbook } });
`;

interface StandIn {
  startStandIn(): Promise<{ url: string; stop(): Promise<void> }>;
}

/** The stand-in, behind a server that notes what it is sent. */
async function recordStandIn() {
  const { startStandIn }: StandIn = await import(urlOf("demo/stand-in/server.ts")); // typed for another runtime
  const standIn = await startStandIn();
  const requests: string[] = [];
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await readText(request);
    requests.push(text);
    const headers = { "content-type": "application/json" };
    const answer = await fetch(standIn.url + request.url, { method: "POST", headers, body: text });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    for await (const bytes of answer.body ?? []) response.write(bytes);
    response.end();
  };
  const server = createServer((request, response) => void forward(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const dispose = async () => {
    server.close();
    server.closeAllConnections();
    await standIn.stop();
  };
  return { url, requests, [Symbol.asyncDispose]: dispose };
}
