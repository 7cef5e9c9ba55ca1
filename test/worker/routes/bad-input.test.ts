// Every bad request gets the published code, our own message and CORS headers, and costs nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sign } from "hono/jwt";
import {
  errorMessage,
  errorStatus,
  isErrorCode,
  routes,
  type AssistantProfile,
  type Health,
  type SessionReply,
} from "../../../protocol/index.ts";
import { startFaultServer, type FaultServer } from "../../fault-server/index.ts";
import { ending, jsonOf, readStream, TestVisitor, testOrigin } from "../../support/client.ts";
import { startTestWorker, testSecret, type TestWorker } from "../../support/worker.ts";

let upstream: FaultServer;
let worker: TestWorker;
let visitor: TestVisitor;

before(async () => {
  upstream = await startFaultServer();
  worker = await startTestWorker({ variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url } });
  visitor = await TestVisitor.arrive(worker.url, "anthropic");
});

after(async () => {
  await worker.stop();
  await upstream.close();
});

const conversation = "0b0e9a2c-6f5e-4f57-9d2a-3f1f6f6d1f01";
const id = "0b0e9a2c-6f5e-4f57-9d2a-3f1f6f6d1f02";
const question = { conversation, id, userPrompt: "Hello?" };

async function assertCode(response: Response, code: string, field?: RegExp): Promise<void> {
  assert.ok(isErrorCode(code));
  const { error, headers, status } = await readStream(response);
  assert.equal(error?.code, code);
  assert.equal(status, errorStatus(code));
  assert.ok(error?.message.startsWith(errorMessage(code)), error?.message);
  if (field) assert.match(error?.message ?? "", field);
  assert.equal(headers.get("access-control-allow-origin"), "*");
  assert.equal(headers.get("x-request-id"), error?.requestId);
  assert.match(headers.get("access-control-expose-headers") ?? "", /x-request-id/);
}

function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const all = { origin: testOrigin, authorization: `Bearer ${visitor.token}`, "content-type": "application/json" };
  return fetch(worker.url + path, { method: "POST", body, headers: { ...all, ...headers } });
}

const wrongBodies: [name: string, body: string, field: RegExp][] = [
  ["no JSON", "{nope", /body: must be JSON/],
  ["nothing", "", /body: must be JSON/],
  ["null", "null", /body/],
  ["a list", "[]", /conversation/],
  ["a number for text", JSON.stringify({ ...question, userPrompt: 7 }), /userPrompt: must be text/],
  ["empty text", JSON.stringify({ ...question, userPrompt: " \n" }), /userPrompt: must not be empty/],
  ["no text", JSON.stringify({ conversation, id }), /userPrompt/],
  ["an id that is no UUID", JSON.stringify({ ...question, id: "7" }), /id: must be a UUID/],
  [
    "a conversation that is an object",
    JSON.stringify({ ...question, conversation: {} }),
    /conversation: must be a UUID/,
  ],
];

for (const [name, body, field] of wrongBodies) {
  test(`wrong body: ${name}`, async () => assertCode(await post(routes.messages, body), "invalid_request", field));
}

test("a body of 10 MB, with and without a content length", async () => {
  const body = new Uint8Array(10_000_000).fill(120);
  await assertCode(await post(routes.messages, body), "payload_too_large");
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < 100; at++) controller.enqueue(body.subarray(0, 100_000));
      controller.close();
    },
  });
  const init = {
    method: "POST",
    body: stream,
    duplex: "half",
    headers: { origin: testOrigin, authorization: `Bearer ${visitor.token}` },
  };
  await assertCode(await fetch(worker.url + routes.messages, init), "payload_too_large");
});

test("a prompt over the limit is refused; one at the limit is accepted", async () => {
  const other = await TestVisitor.arrive(worker.url, "three-a-day");
  const over = await other.ask("x".repeat(51));
  assert.equal(over.status, 422);
  assert.equal(over.error?.code, "prompt_too_long");
  assert.equal((await other.ask("x".repeat(50))).status, 200);
});

test("emoji are returned intact, and half a surrogate pair becomes U+FFFD", async () => {
  const family = '👩‍👩‍👧‍👦 \u2028 \u0000 🇩🇪 \\ " é';
  for (const [typed, kept] of [
    [family, family],
    ["half \ud83d a pair", "half \ufffd a pair"],
  ] as const) {
    const own = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
    assert.equal(ending(await visitor.ask(typed, own)).type, "response");
    assert.equal((await visitor.read(own.conversation)).messages[0]?.content, kept);
    assert.match(JSON.stringify(upstream.requests.at(-1)?.json), new RegExp(JSON.stringify(kept).slice(1, 6)));
    // Sending the same text with the same id attaches to the same turn.
    assert.equal((await visitor.ask(typed, own)).status, 200);
  }
});

test("an unknown route, assistant or conversation", async () => {
  await assertCode(await visitor.send("/v1/nothing"), "not_found");
  await assertCode(await fetch(`${worker.url}/elsewhere`), "not_found");
  await assertCode(await fetch(worker.url + routes.assistant("nobody")), "not_found");
  await assertCode(await post(routes.sessions, JSON.stringify({ assistant: "nobody" })), "not_found");
  await assertCode(await post(routes.sessions, JSON.stringify({ assistant: "__proto__" })), "not_found");
  await assertCode(await visitor.send(routes.conversation(conversation)), "not_found");
});

test("a foreign origin is refused before anything else; a missing one is refused if it is required", async () => {
  for (const origin of ["https://evil.example", "null", "http://localhost.evil.example", ""]) {
    await assertCode(await post(routes.messages, "{nope", { origin }), "origin_not_allowed");
    await assertCode(await post(routes.sessions, "{nope", { origin }), "origin_not_allowed");
  }
  const headers = { "content-type": "application/json" };
  const absent = await fetch(worker.url + routes.sessions, {
    method: "POST",
    body: '{"assistant":"anthropic"}',
    headers,
  });
  await assertCode(absent, "origin_not_allowed");
  const profile = worker.url + routes.assistant("anthropic");
  assert.equal((await fetch(profile)).status, 200);
  await assertCode(await fetch(profile, { headers: { origin: "https://evil.example" } }), "origin_not_allowed");
  // Another assistant allows this origin, but this one does not.
  const origin = "https://a.my-project.pages.dev"; // not localhost, which may use every assistant in development
  const session = JSON.stringify({ assistant: "elsewhere" });
  await assertCode(await post(routes.sessions, session, { origin }), "origin_not_allowed");
});

test("no token, a forged token, an expired one, and one of another origin", async () => {
  const now = Math.floor(Date.now() / 1000);
  const good = { sub: "v", aud: "anthropic", org: testOrigin, fst: now, gen: 0, iat: now, exp: now + 600 };
  const [header = "", payload = ""] = visitor.token.split(".");
  const tokens = [
    "",
    "nonsense",
    `${header}.${payload}.AAAA`,
    await sign(good, "another secret", "HS256"),
    await sign({ ...good, exp: now - 1 }, testSecret, "HS256"),
    await sign({ ...good, org: "http://localhost:4000" }, testSecret, "HS256"),
    await sign(good, testSecret, "HS512"),
    `${btoa('{"alg":"none","typ":"JWT"}').replaceAll("=", "")}.${payload}.`,
  ];
  for (const token of tokens) {
    const response = await post(routes.messages, JSON.stringify(question), { authorization: `Bearer ${token}` });
    await assertCode(response, "unauthorized");
  }
  const renewals = [...tokens.slice(0, 4), await sign({ ...good, fst: now - 31 * 86_400 }, testSecret, "HS256")];
  for (const renew of renewals) {
    await assertCode(await post(routes.sessions, JSON.stringify({ assistant: "anthropic", renew })), "unauthorized");
  }
});

test("a token of another jurisdiction is refused, and the log says how to fix it", async () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: "v", aud: "anthropic", org: testOrigin, fst: now, gen: 0, jur: "eu", iat: now, exp: now + 600 };
  const token = await sign(claims, testSecret, "HS256");
  const response = await post(routes.messages, JSON.stringify(question), { authorization: `Bearer ${token}` });
  await assertCode(response, "not_configured");
  await assertCode(
    await post(routes.sessions, JSON.stringify({ assistant: "anthropic", renew: token })),
    "not_configured",
  );
  await worker.printed(/DATA_JURISDICTION was eu and is now unset: set it back/);
});

test("an expired token can be renewed, but only for the same assistant, and the visitor stays the same", async () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    sub: "the-visitor",
    aud: "anthropic",
    org: testOrigin,
    fst: now - 86_400,
    gen: 0,
    iat: now - 700,
    exp: now - 100,
  };
  const renew = await sign(claims, testSecret, "HS256");
  const response = await post(routes.sessions, JSON.stringify({ assistant: "anthropic", renew }));
  assert.equal(response.status, 201);
  const { token } = await jsonOf<SessionReply>(response);
  const renewed: { sub: string; fst: number } = JSON.parse(atob(token.split(".")[1] ?? ""));
  assert.deepEqual([renewed.sub, renewed.fst], [claims.sub, claims.fst]);
  await assertCode(await post(routes.sessions, JSON.stringify({ assistant: "azure", renew })), "unauthorized");
});

test("a preflight lists what is allowed, and can be cached", async () => {
  const response = await fetch(worker.url + routes.messages, {
    method: "OPTIONS",
    headers: { origin: "https://anywhere.example", "access-control-request-method": "POST" },
  });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.match(
    response.headers.get("access-control-allow-headers") ?? "",
    /Authorization.*Content-Type.*Last-Event-ID.*If-None-Match/,
  );
  assert.match(response.headers.get("access-control-allow-methods") ?? "", /GET.*POST.*PATCH.*DELETE/);
  assert.ok(Number(response.headers.get("access-control-max-age")) > 0);
  assert.ok(response.headers.get("x-request-id"));
});

test("health and the profile's ETag", async () => {
  const health = await fetch(`${worker.url}/v1/health`);
  assert.equal((await jsonOf<Health>(health)).status, "ok");
  const url = worker.url + routes.assistant("anthropic");
  const etag = (await fetch(url)).headers.get("etag") ?? "";
  assert.equal((await fetch(url, { headers: { "if-none-match": etag } })).status, 304);
});

test("the profile is in the language of its address, and a wrong tag is no error", async () => {
  const read = async (query: string) => {
    const response = await fetch(worker.url + routes.assistant("anthropic") + query, {
      headers: { "accept-language": "fr" },
    });
    assert.equal(response.status, 200);
    const { disclosure } = await jsonOf<AssistantProfile>(response);
    return { disclosure, etag: response.headers.get("etag"), cache: response.headers.get("cache-control") };
  };
  const [plain, german, other] = [
    await read(""),
    await read("?lang=de-AT"),
    await read(`?lang=${"x".repeat(2_000)}%00`),
  ];
  assert.match(plain.disclosure, /AI assistant/);
  assert.match(german.disclosure, /KI-Assistenten/);
  assert.notEqual(german.etag, plain.etag);
  assert.equal(german.cache, plain.cache);
  assert.deepEqual(other, plain);
});

test("only the valid questions reached the provider", () => {
  assert.equal(upstream.requests.length, 3);
});
