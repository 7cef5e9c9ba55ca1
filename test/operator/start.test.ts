// `npm start` in an operator's own project: the operator's assistants, and the demo's.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text as readText } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { listFiles } from "../../scripts/lib/files.ts";
import { findRandomPort } from "../../scripts/lib/find-port.ts";
import { at, urlOf } from "../../scripts/lib/root.ts";
import { routes, type AssistantProfile } from "../../protocol/index.ts";
import { ending, jsonOf, TestVisitor } from "../support/client.ts";
import { OperatorProject, type RunningCommand } from "../support/operator-project.ts";

const index = `import { defineProject } from "../worker/assistants/project.ts";
import { connections } from "./connections.ts";
import { desk } from "./desk/assistant.ts";
import { handbook } from "./handbook/assistant.ts";
import { help } from "./help/assistant.ts";

export const project = defineProject({ connections, assistants: { help, desk, handbook } });
`;

/** The connection of the demo's assistant, which is added to the operator's connections. */
const connection = `recorded: { provider: "anthropic", variables: { apiKey: "RECORDED_KEY", baseUrl: "RECORDED_URL" } },
  foundry: {`;

/** A word that no page of the demo has. */
const word = `${randomBytes(4).toString("hex").replaceAll(/\d/g, "k")}um`;

let upstream: Awaited<ReturnType<typeof recordStandIn>>;
let project: OperatorProject;
let running: RunningCommand;
let url: string;

before(async () => {
  [upstream, project] = await Promise.all([recordStandIn(), OperatorProject.create()]);
  project.write("assistants/index.ts", index);
  project.edit("assistants/connections.ts", "foundry: {", connection);
  const handbook = "assistants/handbook/assistant.ts";
  project.edit(handbook, '"anthropic"', '"recorded"');
  // Gives a search the time that it needs on a busy machine.
  project.edit(handbook, "documents(),", "{ sources: [documents()], timeLimitMs: 60_000 },");
  // The first variable is prepared, but not filled in.
  project.write(".dev.vars", `ANTHROPIC_API_KEY=\nRECORDED_KEY=k\nRECORDED_URL=${upstream.url}\n`);
  project.own("demo");
  project.edit("demo/content/faults.md", "## Codes\n", `## Codes\n\nThe seal below the Core is a ${word} of 40 mm.\n`);
  project.shareBuild();
  const port = String(await findRandomPort());
  running = project.start("start", "--port", port);
  url = `http://127.0.0.1:${port}`;
  await running.printed(`Open ${url}`);
});
after(async () => {
  await running[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

test("the operator's own assistants can be tried, although their origins are elsewhere", async () => {
  assert.match(running.output(), /^help +anthropic +the stand-in on this machine$/m);
  assert.match(running.output(), /^desk +foundry +the stand-in on this machine$/m);

  const profile = await jsonOf<AssistantProfile>(fetch(url + routes.assistant("help")));
  assert.ok(profile.available, "an empty variable does not stand in the stand-in's way");

  const compare = await (await fetch(`${url}/compare`)).text();
  for (const id of ["help", "desk"])
    assert.match(compare, new RegExp(`<input type="radio" name="assistant" value="${id}"`));
  assert.match(compare, /<rivulet-chat mode="inline" assistant="help">/);
  assert.match(await (await fetch(url)).text(), /data-assistant="help"/);

  for (const origin of [url, url.replace("127.0.0.1", "localhost")]) {
    const body = JSON.stringify({ assistant: "help" });
    const session = await fetch(url + routes.sessions, { method: "POST", headers: { origin }, body });
    assert.equal(session.status, 201, origin);
  }
  const body = JSON.stringify({ assistant: "help" });
  const elsewhere = { method: "POST", headers: { origin: "https://shop.example" }, body };
  assert.equal((await fetch(url + routes.sessions, elsewhere)).status, 403);
});

test("the demo's assistant answers from its pages: a word that was written into one of them", async () => {
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

test("the demo has each file of the widget unchanged, beside the script of the page that compares assistants", async () => {
  for (const path of listFiles(at("dist/widget/chunks"))) {
    const served = await (await fetch(`${url}/chunks/${path}`)).text();
    assert.ok(served === readFileSync(at(`dist/widget/chunks/${path}`), "utf8"), path);
  }
  const compare = await (await fetch(`${url}/compare`)).text();
  const script = /<script type="module" src="(.*?)">/.exec(compare)?.[1] ?? assert.fail(compare);
  assert.equal((await fetch(url + script)).status, 200);
});

interface StandIn {
  startStandIn(): Promise<{ url: string; stop(): Promise<void> }>;
}

/** Starts the stand-in behind a server that records the requests. */
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
