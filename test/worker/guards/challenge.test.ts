// A challenge before the first question: without an unused token that was solved for this site, there is no session.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sign } from "hono/jwt";
import { routes, type AssistantProfile } from "../../../protocol/index.ts";
import { canary, CanarySearch } from "../../support/canary.ts";
import { jsonOf, testOrigin } from "../../support/client.ts";
import { startTurnstile, type TurnstileServer } from "../../support/turnstile.ts";
import { startTestWorker, testSecret, type TestWorker } from "../../support/worker.ts";

const secret = `0x4AAA-a-real-looking-secret-${canary}`;
const search = new CanarySearch();

let turnstile: TurnstileServer;
let worker: TestWorker;

before(async () => {
  turnstile = await startTurnstile();
  worker = await startTestWorker({
    variables: {
      ANTHROPIC_API_KEY: canary,
      TURNSTILE_SECRET_KEY: secret,
      TURNSTILE_VERIFY_URL: turnstile.verifyUrl,
      TURNSTILE_SCRIPT_URL: turnstile.scriptUrl,
    },
  });
});

after(async () => {
  await worker.stop();
  turnstile.close();
});

async function mint(body: Record<string, unknown>): Promise<{ status: number; code?: string; token: string }> {
  const response = await fetch(worker.url + routes.sessions, {
    method: "POST",
    headers: { origin: testOrigin, "content-type": "application/json" },
    body: JSON.stringify({ assistant: "challenged", ...body }),
  });
  const { token = "", error } = await jsonOf<{ token?: string; error?: { code: string } }>(response);
  return { status: response.status, code: error?.code, token };
}

test("a solved challenge opens a session, once", async () => {
  const first = await mint({ challengeToken: "once" });
  assert.equal(first.status, 201);
  assert.equal(turnstile.asked.at(-1)?.["secret"], secret);
  assert.deepEqual(await mint({ challengeToken: "once" }).then(({ status, code }) => [status, code]), [
    403,
    "challenge_failed",
  ]);
});

test("no session without a token, with one for another host or action, a failed one, or while verification is down", async () => {
  assert.equal((await mint({})).code, "challenge_failed");
  for (const verdict of [{ success: false }, { hostname: "evil.example" }, { action: "login" }, "down"] as const) {
    turnstile.verdict = verdict;
    assert.equal(
      (await mint({ challengeToken: crypto.randomUUID() })).code,
      "challenge_failed",
      JSON.stringify(verdict),
    );
  }
  turnstile.verdict = {};
});

test("renewing needs a new challenge after a day", async () => {
  const { token } = await mint({ challengeToken: crypto.randomUUID() });
  assert.equal((await mint({ renew: token })).status, 201);
  const claims: Record<string, number> = JSON.parse(atob(token.split(".")[1] ?? ""));
  const old = await sign({ ...claims, chl: (claims["chl"] ?? 0) - 86_401 }, testSecret, "HS256");
  assert.equal((await mint({ renew: old })).code, "challenge_failed");
  assert.equal((await mint({ renew: old, challengeToken: crypto.randomUUID() })).status, 201);
});

test("the profile announces the challenge, and has the text shown while the assistant is unavailable", async () => {
  const profile = await jsonOf<AssistantProfile>(fetch(worker.url + routes.assistant("challenged")));
  assert.deepEqual(profile.turnstile, { siteKey: "1x00000000000000000000AA" });
  assert.equal(profile.unavailable, "We are asleep. Write to us.");
});

test("only pages that may use the assistant can embed the frame, which has its own content security policy", async () => {
  const frame = (origin: string) =>
    fetch(`${worker.url}${routes.challenge("challenged")}?origin=${encodeURIComponent(origin)}`);
  const response = await frame(testOrigin);
  assert.equal(response.status, 200);
  const policy = response.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors http:\/\/localhost:\* https:\/\/\*\.my-project\.pages\.dev/);
  assert.ok(!/script-src[^;]*unsafe/.test(policy));
  assert.match(await response.text(), /data-parent="http:\/\/localhost:3000"/);
  assert.equal((await frame("https://evil.example")).status, 403);
  assert.equal((await fetch(worker.url + routes.challenge("anthropic"))).status, 404);
});

test("every response forbids content type sniffing", async () => {
  const { headers } = await fetch(worker.url + routes.assistant("challenged"));
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("cross-origin-resource-policy"), "cross-origin");
});

test("the frame has the page's language and direction, and falls back to English for invalid ones", async () => {
  for (const language of ["ar-EG", "no language", "", '"><script>']) {
    const query = new URLSearchParams({ origin: testOrigin, lang: language }).toString();
    const page = await (await fetch(`${worker.url}${routes.challenge("challenged")}?${query}`)).text();
    assert.match(page, language === "ar-EG" ? /<html lang="ar-EG" dir="rtl">/ : /<html lang="en" dir="ltr">/);
  }
});

test("no response and no log line contains a planted key or system prompt", async () => {
  const log = await worker.wholeLog();
  assert.match(log, /"event":"turnstile_unreachable"/);
  search.readLog(log);
  const { responses, logLines } = search.end();
  assert.ok(responses > 15 && logLines > 15, `${responses} responses, ${logLines} lines`);
});
