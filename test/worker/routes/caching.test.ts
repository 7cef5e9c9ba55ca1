// Every request with every outcome: its `Cache-Control` is what the table in `docs/caching.md` says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { errorStatus, isErrorCode, routes } from "../../../protocol/index.ts";
import { createApp } from "../../../worker/app.ts";
import {
  anthropicAnswer,
  anthropicError,
  azureContentFiltered,
  faults,
  stallAfter,
  startFaultServer,
  type FaultServer,
  type Scenario,
} from "../../fault-server/index.ts";
import { readStream, testOrigin, TestVisitor } from "../../support/client.ts";
import { eventually } from "../../support/eventually.ts";
import { startReceiver, type HandoverReceiver } from "../../support/handover-receiver.ts";
import { startTurnstile, type TurnstileServer } from "../../support/turnstile.ts";
import { startTestWorker, type TestWorker } from "../../support/worker.ts";
import { project } from "../project/project.ts";
import { rowsOf } from "../support/markdown-table.ts";

const operatorSecret = "only-the-operator-and-the-worker-know-this";

let upstream: FaultServer;
let turnstile: TurnstileServer;
let worker: TestWorker;
let visitor: TestVisitor;
let receiver: HandoverReceiver;
/** A conversation of `visitor`. */
let conversation: string;

before(async () => {
  upstream = await startFaultServer();
  turnstile = await startTurnstile();
  receiver = await startReceiver();
  worker = await startTestWorker({
    entry: "test/worker/project/changeable-entry.ts",
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      MODELS_ENDPOINT: `${upstream.url}/models`,
      PROVIDER_FIRST_BYTE_TIMEOUT_MS: "2000",
      TURNSTILE_SECRET_KEY: "a-secret-of-the-challenge",
      TURNSTILE_VERIFY_URL: turnstile.verifyUrl,
      TURNSTILE_SCRIPT_URL: turnstile.scriptUrl,
      OPERATOR_SECRET: operatorSecret,
      HANDOVER_URL: receiver.url,
      HANDOVER_SECRET: `whsec_${Buffer.alloc(32).toString("base64")}`,
    },
  });
  visitor = await TestVisitor.arrive(worker.url, "anthropic");
  conversation = crypto.randomUUID();
  await visitor.ask("Hi", { conversation });
});

after(async () => {
  await worker.stop();
  turnstile.close();
  await receiver.close();
  await upstream.close();
});

/** Sends a request from an address that has sent too many, and tries again if a minute ends in between. */
function sendTooMany(request: string): Promise<Response> {
  const headers = { "cf-connecting-ip": "203.0.113.7" };
  const isRefused = async () => {
    const { status, body } = await send("GET", { path: "/v1/nothing", headers, token: null });
    await body?.cancel();
    return status === 429;
  };
  return eventually(async () => {
    while (!(await isRefused())) await Promise.all(Array.from({ length: 20 }, isRefused));
    const response = await send(request, { headers });
    if (response.status === 429) return response;
    await response.body?.cancel();
    return false;
  });
}

interface Sent {
  path?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Null sends none. */
  token?: string | null;
}

/** Sends the request of a table row, as a visitor who may send it. */
function send(request: string, sent: Sent = {}): Promise<Response> {
  const [method = "", pattern = ""] = request.split(" ");
  const { token = request.includes("operator") ? operatorSecret : visitor.token } = sent;
  const path = sent.path ?? pattern.replace("{assistant}", "challenged").replace("{c}", conversation);
  const headers = new Headers({ origin: testOrigin, ...sent.headers });
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const body = sent.body ?? bodies[request];
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return fetch(worker.url + path, { method, headers, body: text ?? null });
}

/** A valid body for each request that has one. */
const bodies: Record<string, unknown> = {
  "POST /v1/sessions": { assistant: "anthropic" },
  "PATCH /v1/conversations/{c}": { title: "Tea" },
  get "POST /v1/messages"() {
    return { conversation: crypto.randomUUID(), id: crypto.randomUUID(), userPrompt: "Hi" };
  },
  get "POST /v1/regenerate"() {
    return { conversation, message: crypto.randomUUID(), id: crypto.randomUUID() };
  },
  get "POST /v1/stop"() {
    return { conversation, messageId: crypto.randomUUID() };
  },
  get "POST /v1/feedback"() {
    return { conversation, message: crypto.randomUUID(), rating: null };
  },
  get "POST /v1/handover"() {
    return { id: crypto.randomUUID(), message: "Hello", contact: "ada@example.com" };
  },
  "POST /v1/operator/sign-out": { sub: "somebody" },
};

/** A new visitor of an assistant, who has already asked one question. */
async function arrive(assistant = "anthropic") {
  const arrived = await TestVisitor.arrive(worker.url, assistant);
  const ids = { conversation: crypto.randomUUID(), id: crypto.randomUUID() };
  const { frames } = await arrived.ask("Hi", ids);
  const [first] = frames.flatMap(({ event }) => (event.type === "start" ? [event.messageId] : []));
  return { token: arrived.token, ...ids, answer: first ?? "" };
}

/** How to provoke the refusals that many requests have in common. */
const shared: Record<string, (request: string) => Promise<Response>> = {
  invalid_request: (request) => send(request, { body: "{nope" }),
  unauthorized: (request) => send(request, { token: null }),
  origin_not_allowed: (request) => send(request, { headers: { origin: "https://evil.example" } }),
  payload_too_large: (request) => send(request, { body: JSON.stringify({ text: "x".repeat(300_000) }) }),
  rate_limited: sendTooMany,
  not_configured: (request) => send(request, { headers: { "x-test-lacking": "SESSION_SECRET" } }),
  internal: (request) => send(request, { headers: { "x-test-lacking": "objects" } }),
  not_found: (request) => send(request, { path: pathOf(request).replace("{c}", crypto.randomUUID()) }),
};

function pathOf(request: string): string {
  return (request.split(" ")[1] ?? "").replace("{assistant}", "nobody");
}

const providerFailures: Record<string, Scenario> = {
  provider_rejected: anthropicError(401, "authentication_error"),
  provider_unavailable: anthropicError(500, "api_error"),
  provider_rate_limited: anthropicError(429, "rate_limit_error"),
  provider_overloaded: anthropicError(529, "overloaded_error"),
  provider_timeout: faults.stallBeforeHead,
};

/** Asks or regenerates while the provider fails. */
function failing(request: string, scenario: Scenario, assistant = "anthropic"): () => Promise<Response> {
  return async () => {
    const known = await arrive(assistant);
    upstream.script(scenario);
    const response = await send(request, { token: known.token, body: newTurn(request, known) });
    await response.clone().arrayBuffer();
    upstream.reset();
    return response;
  };
}

function newTurn(request: string, { conversation: place, id }: { conversation: string; id: string }): object {
  const isRegenerate = request.endsWith("regenerate");
  const again = { conversation: place, message: id, id: crypto.randomUUID() };
  return isRegenerate ? again : { conversation: place, id: again.id, userPrompt: "And?" };
}

/** The outcomes that a question and a regenerated answer have in common. */
function turnOutcomes(request: string): Record<string, () => Promise<Response>> {
  const running = async () => {
    const known = await arrive();
    upstream.script(stallAfter(5, anthropicAnswer({ text: ["Par", "tial", "never"] })));
    const stream = await send("POST /v1/messages", { token: known.token, body: newTurn("", known) });
    const response = await send(request, { token: known.token, body: newTurn(request, known) });
    await stream.body?.cancel();
    upstream.reset();
    return response;
  };
  return {
    stream: async () => {
      const known = await arrive();
      return send(request, { token: known.token, body: newTurn(request, known) });
    },
    turn_in_progress: running,
    content_filtered: failing(request, azureContentFiltered(), "azure"),
    budget_exhausted: () => exhaust(request),
    ...Object.fromEntries(
      Object.entries(providerFailures).map(([code, scenario]) => [code, failing(request, scenario)]),
    ),
  };
}

/** Starts turns until they reserve all that one visitor of this assistant may spend. @returns the refusal */
async function exhaust(request: string): Promise<Response> {
  const known = await arrive("shared");
  upstream.reset();
  upstream.script(stallAfter(5, anthropicAnswer({ text: ["Par", "tial", "never"] })));
  const ask = () => send("POST /v1/messages", { token: known.token });
  const streams = await Promise.all(Array.from({ length: 9 }, ask));
  const response = await eventually(async () => {
    const next = await send(request, { token: known.token, body: newTurn(request, known) });
    if (next.status !== 200) return next;
    streams.push(next);
    return false;
  });
  for (const { body } of streams) await body?.cancel();
  upstream.reset();
  return response;
}

/** How to provoke the outcomes that only one request has. */
const own: Record<string, Record<string, () => Promise<Response>>> = {
  "GET /v1/assistants/{assistant}": {
    304: async () => {
      const path = routes.assistant("challenged");
      const etag = (await send("GET", { path })).headers.get("etag") ?? "";
      return send("GET", { path, headers: { "if-none-match": etag } });
    },
    // The availability of this assistant is not known yet.
    internal: () => send("GET", { path: routes.assistant("capped"), headers: { "x-test-lacking": "objects" } }),
  },
  "GET /v1/challenge/{assistant}": {
    200: () => send("GET", { path: `${routes.challenge("challenged")}?origin=${testOrigin}` }),
    origin_not_allowed: () => send("GET", { path: `${routes.challenge("challenged")}?origin=https://evil.example` }),
  },
  "POST /v1/sessions": {
    unauthorized: () => send("POST /v1/sessions", { body: { assistant: "anthropic", renew: "nonsense" } }),
    challenge_failed: () => send("POST /v1/sessions", { body: { assistant: "challenged" } }),
    not_found: () => send("POST /v1/sessions", { body: { assistant: "nobody" } }),
    internal: () => {
      const headers = { "x-test-lacking": "objects" };
      return send("POST /v1/sessions", { headers, body: { assistant: "anthropic", renew: visitor.token } });
    },
  },
  "DELETE /v1/sessions": {
    204: async () => send("DELETE /v1/sessions", { token: (await arrive()).token }),
  },
  "GET /v1/conversations": {
    invalid_request: () => send("GET", { path: `${routes.conversations}?cursor=nonsense` }),
  },
  "GET /v1/conversations/{c}": {
    invalid_request: () => send("GET", { path: `${routes.conversation(conversation)}?before=nonsense` }),
  },
  "DELETE /v1/conversations/{c}": {
    204: async () => {
      const known = await arrive();
      return send("DELETE", { path: routes.conversation(known.conversation), token: known.token });
    },
  },
  "GET /v1/conversations/{c}/stream": {
    204: () => send("GET", { path: routes.stream(crypto.randomUUID()) }),
    stream: async () => {
      const known = await arrive();
      return send("GET", { path: routes.stream(known.conversation), token: known.token });
    },
  },
  "POST /v1/messages": {
    ...turnOutcomes("POST /v1/messages"),
    not_found: async () => {
      const known = await arrive();
      await send("DELETE", { path: routes.conversation(known.conversation), token: known.token });
      return send("POST /v1/messages", { token: known.token, body: newTurn("", known) });
    },
    conflict: async () => {
      const { token, ...ids } = await arrive();
      return send("POST /v1/messages", { token, body: { ...ids, userPrompt: "Ho" } });
    },
    prompt_too_long: () =>
      send("POST /v1/messages", { body: { ...Object(bodies["POST /v1/messages"]), userPrompt: "x".repeat(5000) } }),
  },
  "POST /v1/regenerate": {
    ...turnOutcomes("POST /v1/regenerate"),
    not_found: () =>
      send("POST /v1/regenerate", { body: { ...Object(bodies["POST /v1/messages"]), message: conversation } }),
    conflict: async () => {
      const known = await arrive();
      const body = { conversation: known.conversation, message: crypto.randomUUID(), id: known.answer };
      return send("POST /v1/regenerate", { token: known.token, body });
    },
  },
  "POST /v1/stop": {
    202: async () => {
      const known = await arrive();
      upstream.script(stallAfter(5, anthropicAnswer({ text: ["Par", "tial", "never"] })));
      const body = { conversation: known.conversation, id: crypto.randomUUID(), userPrompt: "And?" };
      const stream = await send("POST /v1/messages", { token: known.token, body });
      const response = await send("POST /v1/stop", {
        token: known.token,
        body: { conversation: known.conversation, messageId: body.id },
      });
      await stream.body?.cancel();
      upstream.reset();
      return response;
    },
  },
  "POST /v1/feedback": {
    204: async () => {
      const known = await arrive();
      const body = { conversation: known.conversation, message: known.answer, rating: "up" };
      return send("POST /v1/feedback", { token: known.token, body });
    },
  },
  "POST /v1/handover": {
    202: async () => send("POST /v1/handover", { token: (await TestVisitor.arrive(worker.url, "handed")).token }),
    handover_failed: async () => {
      receiver.script(400);
      return send("POST /v1/handover", { token: (await TestVisitor.arrive(worker.url, "handed")).token });
    },
  },
  "DELETE /v1/visitor": {
    204: async () => send("DELETE /v1/visitor", { token: (await arrive()).token }),
  },
  "POST /v1/operator/sign-out": {
    not_found: () => send("POST /v1/operator/sign-out", { headers: { "x-test-lacking": "OPERATOR_SECRET" } }),
  },
  "any other request": { not_found: () => send("GET", { path: "/v1/nothing" }) },
};

interface Entry {
  request: string;
  outcome: string;
  cacheControl: string;
}

const documented: Entry[] = rowsOf(readFileSync("docs/caching.md", "utf8"), "Cache-Control").flatMap(
  ([request = "", outcomes = "", cacheControl = ""]) =>
    outcomes.split(", ").map((outcome) => ({ request, outcome, cacheControl })),
);

/** The requests that the app's routes handle, as the table names them. */
function registered(): string[] {
  const handlers = createApp(project).routes.filter(({ method }) => method !== "ALL");
  const names = handlers.map(({ method, path }) => {
    const named = path.replace(":assistant", "{assistant}").replace(":conversation", "{c}");
    return `${method} ${named}`;
  });
  return [...new Set(names)];
}

test("every route of the app is in the table, and the table has no other", () => {
  const inTable = new Set(documented.map(({ request }) => request));
  inTable.delete("any other request");
  assert.deepEqual([...inTable].toSorted(), registered().toSorted());
});

describe("the response is stored only where the table says so", () => {
  for (const { request, outcome, cacheControl } of documented) {
    test(`${request}: ${outcome}`, async () => {
      const produce = own[request]?.[outcome] ?? (() => (shared[outcome] ?? send)(request));
      const response = await produce();
      const { status, headers } = response;
      const code = status < 400 ? undefined : (await readStream(response)).error?.code;
      assert.equal(status, isErrorCode(outcome) ? errorStatus(outcome) : Number(outcome) || 200);
      assert.equal(code, isErrorCode(outcome) ? outcome : undefined);
      if (outcome === "stream") assert.equal(headers.get("content-type"), "text/event-stream");
      assert.equal(headers.get("cache-control"), cacheControl);
      if (!response.bodyUsed) await response.body?.cancel();
    });
  }

  for (const request of registered()) {
    test(`OPTIONS ${request}`, async () => {
      const headers = { "access-control-request-method": request.split(" ")[0] ?? "" };
      const response = await send("OPTIONS", { path: pathOf(request), headers });
      assert.deepEqual([response.status, response.headers.get("cache-control")], [204, "no-store"]);
    });
  }
});
