// What the operator's own servers can do, and what nobody can do without the operator's secret.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { routes, type ConversationList } from "../../../protocol/index.ts";
import {
  anthropicAnswer,
  insertAfter,
  stallAfter,
  startFaultServer,
  type FaultServer,
} from "../../fault-server/index.ts";
import { jsonOf, readStream, testOrigin, TestVisitor, type Frame } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { startTestWorker, testSecret, type TestWorker } from "../../support/worker.ts";
import { identitySecret, userToken } from "../support/user-token.ts";

const operatorSecret = "only-the-operator-and-the-worker-know-this";

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  worker = await startTestWorker({
    entry: "test/worker/project/changeable-entry.ts",
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      IDENTITY_SECRET: identitySecret,
      OPERATOR_SECRET: operatorSecret,
      HSTS: "true",
    },
  });
});

after(async () => {
  await worker.stop();
  await upstream.close();
});

beforeEach(() => upstream.reset());

interface Person {
  sub: string;
  assistant?: string;
  /** When the site signs the person's token, in seconds since the epoch; now by default. */
  signedAt?: number;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

async function enter({ sub, assistant = "anthropic", signedAt: iat = now() }: Person): Promise<Response> {
  const claims = { aud: assistant, iat, exp: iat + 300 };
  const headers = { origin: testOrigin, "content-type": "application/json" };
  const body = JSON.stringify({ assistant, userToken: userToken(sub, { claims }) });
  return fetch(worker.url + routes.sessions, { method: "POST", headers, body });
}

async function arrive(person: Person): Promise<TestVisitor> {
  const response = await enter(person);
  assert.equal(response.status, 201);
  return new TestVisitor(worker.url, (await jsonOf<{ token: string }>(response)).token);
}

/** Signs somebody out from the operator's server, which sends no `Origin`. */
async function signOut(body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const all = { authorization: `Bearer ${operatorSecret}`, "content-type": "application/json", ...headers };
  const init = { method: "POST", headers: all, body: JSON.stringify(body) };
  return (await fetch(`${worker.url}/v1/operator/sign-out`, init)).status;
}

test("without the operator's secret there is no such route", async () => {
  assert.equal(await signOut({ sub: "a" }, { "x-test-lacking": "OPERATOR_SECRET" }), 404);
});

test("only the operator's secret opens it", async () => {
  const { token } = await arrive({ sub: "a-visitor" });
  const wrong = ["", "nonsense", `${operatorSecret}x`, operatorSecret.slice(1), testSecret, identitySecret, token];
  for (const secret of wrong) assert.equal(await signOut({ sub: "a" }, { authorization: `Bearer ${secret}` }), 401);
  assert.equal(await signOut({ sub: "a" }, { authorization: operatorSecret }), 401);
  for (const body of [{}, { sub: "" }, { sub: 7 }, { sub: "x".repeat(1025) }]) assert.equal(await signOut(body), 400);
});

test("a person is signed out on every device and of every assistant, and can sign in again", async () => {
  const [phone, laptop] = [await arrive({ sub: "anna" }), await arrive({ sub: "anna" })];
  const elsewhere = await arrive({ sub: "anna", assistant: "azure" });
  const other = await arrive({ sub: "bert" });
  await phone.ask("Kept");
  const before = now();
  assert.equal(await signOut({ sub: "anna" }), 204);
  for (const visitor of [phone, laptop, elsewhere]) {
    assert.equal((await visitor.send(routes.conversations)).status, 401);
    assert.equal((await visitor.ask("Hi")).status, 401);
  }
  assert.equal((await other.send(routes.conversations)).status, 200);
  // A token that the site signed before is invalid as well: whoever stole one token may have stolen both.
  assert.equal((await enter({ sub: "anna", signedAt: before })).status, 401);
  assert.equal((await enter({ sub: "anna", assistant: "azure", signedAt: before })).status, 401);
  const again = await arrive({ sub: "anna", signedAt: now() + 2 });
  const { conversations } = await jsonOf<ConversationList>(again.send(routes.conversations));
  assert.deepEqual(
    conversations.map(({ title }) => title),
    ["Kept"],
  );
  // Deleting the visitor's data does not make the site's earlier token valid again.
  assert.equal((await again.send(routes.visitor, { method: "DELETE" })).status, 204);
  assert.equal((await enter({ sub: "anna", signedAt: before })).status, 401);
});

test("a stream that is open then ends for the device that was signed out, and continues after a new sign-in", async () => {
  upstream.script(stallAfter(5, anthropicAnswer({ text: ["Par", "tial", "never"] })));
  const visitor = await arrive({ sub: "carla" });
  const conversation = crypto.randomUUID();
  const body = { conversation, id: crypto.randomUUID(), userPrompt: "Hi" };
  const stream = await visitor.send(routes.messages, { body });
  const seen: Frame[] = [];
  const read = readStream(stream, (frame) => seen.push(frame)).catch(() => undefined); // its connection breaks
  await eventually(() => seen.some(({ event }) => event.type === "delta"));
  assert.equal(await signOut({ sub: "carla" }), 204);
  await read;
  assert.ok(seen.every(({ event }) => event.type !== "response" && event.type !== "error"));
  const again = await arrive({ sub: "carla", signedAt: now() + 2 });
  const headers = { "last-event-id": seen.at(-1)?.id ?? "" };
  const rest = await again.send(routes.stream(conversation), { headers });
  assert.equal(rest.status, 200);
  assert.equal((await again.send(routes.stop, { body: { conversation, messageId: body.id } })).status, 202);
  assert.equal((await readStream(rest)).frames.at(-1)?.event.type, "response");
});

test("HTTPS only: where the operator wants it, and never for other hosts", async () => {
  const url = worker.url + routes.assistant("anthropic");
  const header = async (headers: Record<string, string>) =>
    (await fetch(url, { headers })).headers.get("strict-transport-security");
  assert.equal(await header({}), "max-age=31536000");
  assert.equal(await header({ "x-test-lacking": "HSTS" }), null);
});

test("a request that waits for its stream meanwhile gets no answer", async () => {
  const requests = upstream.requests.length;
  upstream.script(insertAfter(0, [{ hold: "all" }], anthropicAnswer()));
  const visitor = await arrive({ sub: "dora" });
  const conversation = crypto.randomUUID();
  const body = { conversation, id: crypto.randomUUID(), userPrompt: "Hi" };
  const waiting = [visitor.send(routes.messages, { body })];
  await upstream.waitForRequests(requests + 1);
  waiting.push(visitor.send(routes.messages, { body }), visitor.send(routes.stream(conversation)));
  assert.equal(await signOut({ sub: "dora" }), 204);
  upstream.release("all");
  for (const response of await Promise.all(waiting)) {
    // After three seconds a stream begins, whether or not the provider has accepted. Then its connection breaks.
    if (response.status === 200) await assert.rejects(readStream(response));
    else assert.equal(response.status, 401);
  }
  const again = await arrive({ sub: "dora", signedAt: now() + 2 });
  await eventually(async () => assert.equal((await again.read(conversation)).active, null));
});
