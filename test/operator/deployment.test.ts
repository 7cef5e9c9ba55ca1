// Runs deployments with an operator's mistakes, and compares what the log says with docs/troubleshooting.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../scripts/lib/root.ts";
import { routes, type Health } from "../../protocol/index.ts";
import { anthropicError, azureError, startFaultServer } from "../fault-server/index.ts";
import { canary } from "../support/canary.ts";
import { endingCode, jsonOf, testOrigin, TestVisitor } from "../support/client.ts";
import { startReceiver } from "../support/handover-receiver.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";
import { identitySecret, userToken, type TokenParts } from "../worker/support/user-token.ts";

const documented = readFileSync(at("docs/troubleshooting.md"), "utf8");

/** Waits until the log has this event or code with this detail, and asserts that the documentation has the detail. */
async function assertLogged(worker: TestWorker, name: string, detail: string): Promise<void> {
  const escaped = JSON.stringify(detail)
    .slice(1, -1)
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  await worker.printed(new RegExp(`"(event|code)":"${name}".*${escaped}`));
  assert.ok(documented.includes(detail), `docs/troubleshooting.md does not have it: ${detail}`);
}

async function health(worker: TestWorker): Promise<{ status: number; body: Health; text: string }> {
  const response = await fetch(worker.url + routes.health);
  const text = await response.text();
  const body: Health = JSON.parse(text);
  return { status: response.status, body, text };
}

function openSession(
  worker: TestWorker,
  assistant: string,
  origin = testOrigin,
  userToken?: string,
): Promise<Response> {
  const body = JSON.stringify({ assistant, userToken });
  return fetch(worker.url + routes.sessions, { method: "POST", body, headers: { origin } });
}

async function codeOf(response: Promise<Response>): Promise<string> {
  return (await jsonOf<{ error: { code: string } }>(response)).error.code;
}

test("variables of the worker that are missing or wrong", async () => {
  await using worker = await startTestWorker({
    variables: {
      ENVIRONMENT: undefined,
      SESSION_SECRET: undefined,
      GRACE_MS: "1m",
      DATA_JURISDICTION: "us",
      OPERATOR_WEBHOOK_URL: "hooks.example.com",
    },
  });
  const { status, body, text } = await health(worker);
  assert.equal(status, 503);
  assert.deepEqual([body.status, body.notConfigured], ["not_configured", ["worker"]]);
  assert.match(body.version, /^\d+\.\d+\.\d+/);
  assert.doesNotMatch(text, /SECRET|GRACE|JURISDICTION|WEBHOOK/, "the response names no variable");
  const secret = "SESSION_SECRET: set it to 32 random characters or more: `npx wrangler secret put SESSION_SECRET`";
  await assertLogged(worker, "not_configured", secret);
  await assertLogged(worker, "not_configured", "GRACE_MS: write a number of milliseconds, 1 or more");
  await assertLogged(worker, "not_configured", "DATA_JURISDICTION: write eu, or leave it out");
  await assertLogged(worker, "not_configured", "OPERATOR_WEBHOOK_URL: write a full URL");
  assert.equal(await codeOf(openSession(worker, "anthropic")), "not_configured");
  assert.equal((await fetch(worker.url)).status, 200, "its own address still says what it is");
});

test("every assistant is developmentOnly", async () => {
  await using worker = await startTestWorker({ entry: "worker/index.ts", variables: { ENVIRONMENT: undefined } });
  const { status, body } = await health(worker);
  assert.equal(status, 503);
  assert.deepEqual([body.status, body.notConfigured], ["not_configured", ["assistants"]]);
  const reason = "the deployment has no assistant: remove developmentOnly from assistants/<id>/assistant.ts";
  await assertLogged(worker, "not_configured", reason);
  const profile = fetch(worker.url + routes.assistant("claude"));
  assert.equal(await codeOf(profile), "not_found");
  const fix = "developmentOnly is set in assistants/claude/assistant.ts: remove it there, and deploy again";
  await assertLogged(worker, "not_found", fix);
});

test("some assistants cannot answer, or a page or provider is refused", async () => {
  await using upstream = await startFaultServer();
  const variables = {
    ENVIRONMENT: undefined,
    ANTHROPIC_API_KEY: "k",
    ANTHROPIC_BASE_URL: upstream.url,
    AZURE_AI_API_KEY: "k",
    MODELS_ENDPOINT: `${upstream.url}/models`,
    V1_ENDPOINT: `${upstream.url}/v2`,
  };
  await using worker = await startTestWorker({ variables });

  const { status, body, text } = await health(worker);
  assert.equal(status, 200, "others can answer");
  assert.deepEqual([body.status, body.notConfigured], ["ok", ["provider", "challenge", "handover"]]);
  assert.doesNotMatch(text, /KEY|ENDPOINT/, "the response names no variable");
  await assertLogged(worker, "not_configured", "A_KEY_THAT_IS_NOT_SET: set it");
  await assertLogged(worker, "not_configured", "TURNSTILE_SECRET_KEY: set it");
  await assertLogged(worker, "not_configured", "HANDOVER_URL: set it to a URL");
  await assertLogged(
    worker,
    "not_configured",
    "HANDOVER_SECRET: set it to `whsec_` and 24 to 64 random bytes in base64, as `echo whsec_$(openssl rand -base64 32)` prints",
  );
  await worker.printed(
    /V1_ENDPOINT: end it with \/openai\/v1, .* or set a variable for api \(name it in assistants\/conn/,
  );

  assert.equal(await codeOf(openSession(worker, "anthropic", "https://shop.example")), "origin_not_allowed");
  await worker.printed(/"code":"origin_not_allowed","detail":"the origin is https:\/\/shop\.example: /);
  const other = openSession(worker, "elsewhere", testOrigin);
  assert.equal(await codeOf(other), "origin_not_allowed", "in a deployment, localhost is an origin like any other");
  await worker.printed(/the origin is http:\/\/localhost:3000: .* origins in assistants\/elsewhere\/assistant\.ts/);
  assert.equal(await codeOf(openSession(worker, "anthropic", "null")), "origin_not_allowed");
  await assertLogged(
    worker,
    "origin_not_allowed",
    "the page has no origin: it is in a frame with sandbox, or was opened from a file",
  );
  assert.equal(await codeOf(openSession(worker, "nope")), "not_found");
  await assertLogged(worker, "not_found", 'there is no assistant "nope" in assistants/index.ts');

  upstream.script(() => anthropicError(404, "not_found_error", { message: canary }));
  const visitor = await TestVisitor.arrive(worker.url, "anthropic");
  assert.equal(endingCode(await visitor.ask("Hello?")), "provider_rejected");
  await assertLogged(worker, "provider_rejected", "The provider answered with status 404 (not_found_error).");
  upstream.script(() => anthropicError(401, "authentication_error", { message: canary }));
  assert.equal(endingCode(await visitor.ask("Hello?")), "provider_rejected");
  await assertLogged(worker, "provider_rejected", "The provider answered with status 401 (authentication_error).");

  const second = await TestVisitor.arrive(worker.url, "azure-fallback");
  upstream.script(({ wire }) =>
    wire === "models" ? azureError(404, { code: "DeploymentNotFound", message: canary }) : undefined,
  );
  assert.equal(endingCode(await second.ask("Hello?")), "ok", "the fallback answers");
  const hidden = "The provider answered with status 404 (DeploymentNotFound).";
  await assertLogged(worker, "attempt_failed", hidden);
  upstream.script(() => azureError(401, { code: canary, type: "sk-proj-0123456789", message: canary }));
  assert.equal(endingCode(await second.ask("Hello?")), "provider_rejected");
  const log = await worker.wholeLog();
  assert.match(log, /status 401\./); // a value with digits or dashes is not logged as a code
  assert.doesNotMatch(log, new RegExp(`${canary}|sk-proj`));
});

test("the address of a handover does not work", async () => {
  await using receiver = await startReceiver();
  const secret = `whsec_${Buffer.alloc(32).toString("base64")}`;
  await using worker = await startTestWorker({ variables: { HANDOVER_URL: receiver.url, HANDOVER_SECRET: secret } });
  const visitor = await TestVisitor.arrive(worker.url, "handed");
  const press = () => {
    const body = { id: crypto.randomUUID(), message: canary, contact: "ada@example.com" };
    return visitor.send(routes.handover, { body });
  };
  receiver.script(404);
  assert.equal(await codeOf(press()), "handover_failed");
  await assertLogged(worker, "handover_failed", "the address of the handover: it answered 404");
  await receiver.close();
  assert.equal(await codeOf(press()), "handover_failed");
  await assertLogged(worker, "handover_failed", "the address of the handover: it cannot be reached");
  assert.equal((await worker.wholeLog()).includes(canary), false);

  await using plain = await startTestWorker({
    variables: { HANDOVER_URL: "http://inbox.example/hook", HANDOVER_SECRET: secret },
  });
  await health(plain);
  await assertLogged(plain, "not_configured", "HANDOVER_URL: set it to a full URL that begins with https://");
});

const inHours = (hours: number) => Math.floor(Date.now() / 1000) + hours * 3600;

/** Mistakes of a site that signs in its visitors, and what the log says. */
const tokenMistakes: [detail: string, parts: TokenParts][] = [
  ["it is not a JWT that is signed with HS256 and IDENTITY_SECRET", { secret: "another-secret-than-the-worker-has" }],
  ['aud must be "anthropic", the assistant\'s id', { claims: { aud: "help" } }],
  ["sub, aud, iat or exp is missing or not valid", { without: ["iat"] }],
  ["exp must be at most an hour after iat, both in seconds", { claims: { exp: inHours(24) } }],
  [
    "iat or nbf is in the future: correct the clock of the server that signs",
    { claims: { iat: inHours(2), exp: inHours(2.5) } },
  ],
  [
    "it has expired: sign a new one for each call of getUserToken",
    { claims: { iat: inHours(-2), exp: inHours(-1.5) } },
  ],
];

test("a site signs in its visitors with a mistake: the log warns and says which", async () => {
  await using worker = await startTestWorker({ variables: { IDENTITY_SECRET: identitySecret } });
  for (const [detail, parts] of tokenMistakes) {
    const token = userToken("olga", { ...parts, claims: { aud: "anthropic", ...parts.claims } });
    assert.equal(await codeOf(openSession(worker, "anthropic", testOrigin, token)), "unauthorized");
    await assertLogged(worker, "unauthorized", `userToken: ${detail}`);
    assert.equal((await worker.wholeLog()).includes(token), false);
  }
  const log = await worker.wholeLog();
  const warnings = log.match(/"level":"warning","event":"request".*"code":"unauthorized"/g);
  assert.equal(warnings?.length, tokenMistakes.length);
  assert.doesNotMatch(log, /olga/);

  await using without = await startTestWorker();
  assert.equal(await codeOf(openSession(without, "anthropic", testOrigin, userToken("olga"))), "unauthorized");
  await assertLogged(
    without,
    "unauthorized",
    "userToken: IDENTITY_SECRET is not set: set it to the secret that the site signs with",
  );
});
