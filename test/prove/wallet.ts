// A thousand sessions ask at once while a cap allows a hundred turns: what reaches the provider, and what it bills.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sign } from "hono/jwt";
import { routes } from "../../protocol/index.ts";
import {
  anthropicAnswer,
  anthropicError,
  azureAnswer,
  insertAfter,
  startFaultServer,
  type FaultServer,
  type ReceivedRequest,
  type Scenario,
} from "../fault-server/index.ts";
import { canary, canarySecret, CanarySearch } from "../support/canary.ts";
import { endingCode, jsonOf, readStream, TestVisitor, testOrigin } from "../support/client.ts";
import { startTurnstile, type TurnstileServer } from "../support/turnstile.ts";
import { startTestWorker, testSecret, type TestWorker } from "../support/worker.ts";
import { prove as proveStops } from "./wallet-stops.ts";

/** What every attempt costs: its maximum of a thousand tokens at one dollar per million. */
const attemptUsd = 0.001;
const capUsd = 0.1;
const visitors = 1000;

/** Runs every part, each with its own ledger. All responses and logs are searched for planted words. */
export async function prove(): Promise<Record<string, unknown>> {
  const search = new CanarySearch();
  const figures = {
    capUsd,
    visitors,
    plain: await spend("capped", () => insertAfter(0, [{ hold: "all" }], maximumAnthropic), search),
    retriesAndFallbacks: await spend("capped-fallback", failThenFallBack(), search),
    killedInTheMiddle: await spend("capped", () => insertAfter(0, [{ hold: "all" }], maximumAnthropic), search, true),
    stopped: await proveStops(),
    withoutASession: await fuzz(10_000, search),
  };
  return { ...figures, searched: search.end() };
}

const maximumAnthropic = anthropicAnswer({ text: ["expensive"], usage: { output_tokens: 1000 } });
const maximumAzure = azureAnswer({
  text: ["expensive"],
  usage: { prompt_tokens: 1, completion_tokens: 1000, total_tokens: 1001 },
});

const leakingError = anthropicError(500, "api_error", {
  message: `your key ${canary} and your prompt`,
  headers: { "x-canary": canary },
});

/**
 * The first model always fails in a way that may have cost something. The second model answers the first five requests
 * immediately, and the others when every turn is decided.
 */
function failThenFallBack(): (request: ReceivedRequest) => Scenario {
  let answered = 0;
  return ({ wire }) => {
    if (wire === "anthropic") return leakingError;
    answered += 1;
    return answered <= 5 ? maximumAzure : insertAfter(0, [{ hold: "all" }], maximumAzure);
  };
}

async function spend(
  assistant: string,
  script: (request: ReceivedRequest) => Scenario,
  search: CanarySearch,
  isKilled = false,
) {
  const state = await mkdtemp(join(tmpdir(), "rivulet-wallet-"));
  const upstream = await startFaultServer();
  upstream.script(script);
  let worker = await start(upstream, state);
  const startedAt = Date.now();
  const all: Promise<string>[] = [];
  let decided = 0;
  const count = (promise: Promise<string>): Promise<string> => promise.finally(() => (decided += 1));
  for (let at = 0; at < visitors; at++) {
    all.push(count(ask(worker.url, assistant, isKilled)));
    if (assistant === "capped-fallback" && at < 5) await all[at]; // a few complete turns before the others
    if (at % 25 === 24) await sleep(50); // no faster than one machine can create sessions
    if (isKilled && at === visitors / 2) {
      await untilQuiet(upstream);
      await worker.kill();
      search.readLog(worker.output());
      worker = await start(upstream, state);
    }
  }
  while (decided + upstream.heldCount("all") < visitors) await sleep(50);
  const decidedWhileHeld = decided;
  const heldUntilThen = upstream.heldCount("all");
  const releasing = setInterval(() => upstream.release("all"), 100);
  const codes = await Promise.all(all);
  clearInterval(releasing);
  const reached = upstream.requests.length;
  await worker.stop();
  search.readLog(worker.output());
  await upstream.close();
  await rm(state, { recursive: true, force: true });
  const endings = Object.fromEntries(
    [...new Set(codes)].map((code) => [code, codes.filter((each) => each === code).length]),
  );
  const billedUsd = Math.round(reached * attemptUsd * 1e6) / 1e6;
  return {
    reached,
    billedUsd,
    isWithinCap: billedUsd <= capUsd,
    decidedWhileHeld,
    heldUntilThen,
    endings,
    seconds: (Date.now() - startedAt) / 1000,
  };
}

function start(upstream: FaultServer, state: string, turnstile?: TurnstileServer): Promise<TestWorker> {
  return startTestWorker({
    state,
    isAlone: true,
    variables: {
      ANTHROPIC_API_KEY: canary,
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: canary,
      MODELS_ENDPOINT: `${upstream.url}/models`,
      IDENTITY_SECRET: canarySecret("identity"),
      OPERATOR_SECRET: canarySecret("operator"),
      TURNSTILE_SECRET_KEY: canary,
      ...(turnstile ? { TURNSTILE_VERIFY_URL: turnstile.verifyUrl } : {}),
      PROVIDER_FIRST_BYTE_TIMEOUT_MS: "300000",
      PROVIDER_SILENCE_TIMEOUT_MS: "300000",
    },
  });
}

/** @param isKilled whether the worker is killed meanwhile: connections may be lost then */
async function ask(url: string, assistant: string, isKilled: boolean): Promise<string> {
  try {
    const visitor = await TestVisitor.arrive(url, assistant);
    return endingCode(await visitor.ask("What does it cost?"));
  } catch (error) {
    if (isKilled) return "connection lost";
    throw error;
  }
}

/** Waits until no further request has arrived for three seconds. */
async function untilQuiet(upstream: FaultServer): Promise<void> {
  for (let seen = -1; seen !== upstream.requests.length; await sleep(3000)) seen = upstream.requests.length;
}

/** Sends requests without a valid session. None may reach the provider. The prompt of each is the name of its kind. */
async function fuzz(count: number, search: CanarySearch) {
  const state = await mkdtemp(join(tmpdir(), "rivulet-fuzz-"));
  await using upstream = await startFaultServer();
  const turnstile = await startTurnstile();
  const worker = await start(upstream, state, turnstile);
  const { visitors: good, makers } = await makeTokens(worker.url);
  const names = Object.keys(makers);
  const nothing = (): Kind => ({ requests: 0, reached: 0, statuses: {} });
  const kinds = new Map(names.map((kind) => [kind, nothing()]));
  const one = async (at: number): Promise<void> => {
    const kind = names[at % names.length] ?? "";
    const token = await makers[kind]?.();
    const conversation = crypto.randomUUID();
    const path = Math.floor(at / names.length) % 2 === 0 ? routes.messages : routes.regenerate;
    const body = { conversation, id: crypto.randomUUID(), message: crypto.randomUUID(), userPrompt: `<<${kind}>>` };
    const headers = { origin: testOrigin, authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(worker.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    const { status } = await readStream(response);
    const figures = kinds.get(kind);
    if (!figures) return;
    figures.requests += 1;
    figures.statuses[status] = (figures.statuses[status] ?? 0) + 1;
  };
  for (let at = 0; at < count; at += 50) await Promise.all(Array.from({ length: 50 }, (_, offset) => one(at + offset)));
  const reached = upstream.requests.length;
  for (const [kind, figures] of kinds) {
    figures.reached = upstream.requests.filter(({ text }) => text.includes(`<<${kind}>>`)).length;
  }
  // Questions with a valid session do reach the provider. Otherwise the zeros would prove nothing.
  for (const visitor of good) await visitor.ask("Let me in!");
  const reachedWithASession = upstream.requests.length - reached;
  await worker.stop();
  search.readLog(worker.output());
  turnstile.close();
  await rm(state, { recursive: true, force: true });
  const challengesVerified = turnstile.asked.length;
  return { requests: count, reached, reachedWithASession, challengesVerified, kinds: Object.fromEntries(kinds) };
}

/** The figures of one kind of invalid session. */
interface Kind {
  requests: number;
  reached: number;
  statuses: Record<string, number>;
}

/** Creates invalid tokens, one maker per kind, and visitors with a valid token. */
async function makeTokens(url: string) {
  const good = await TestVisitor.arrive(url, "anthropic");
  const revoked = await TestVisitor.arrive(url, "anthropic");
  await revoked.send(routes.sessions, { method: "DELETE" });
  const solved = await mint(url, { assistant: "challenged", challengeToken: "solved once" });
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: "v", aud: "anthropic", org: testOrigin, fst: now, gen: 0, iat: now, exp: now + 600 };
  const [header = "", payload = "", signature = ""] = good.token.split(".");
  const makers: Record<string, () => Promise<string> | string> = {
    none: () => "",
    noise: () => crypto.randomUUID(),
    "forged payload": () =>
      `${header}.${btoa(JSON.stringify({ ...claims, sub: crypto.randomUUID() })).replaceAll("=", "")}.${signature}`,
    "forged signature": () => `${header}.${payload}.${btoa(crypto.randomUUID()).replaceAll("=", "")}`,
    "another secret": () => sign(claims, crypto.randomUUID(), "HS256"),
    "another algorithm": () => sign(claims, testSecret, "HS512"),
    "no algorithm": () => `${btoa('{"alg":"none","typ":"JWT"}').replaceAll("=", "")}.${payload}.`,
    expired: () => sign({ ...claims, exp: now - 1 - Math.floor(Math.random() * 1e6) }, testSecret, "HS256"),
    revoked: () => revoked.token,
    "another origin's": () => sign({ ...claims, org: "http://localhost:4000" }, testSecret, "HS256"),
    "a removed assistant's": () => sign({ ...claims, aud: "nobody" }, testSecret, "HS256"),
    "an assistant's of another site": () => sign({ ...claims, aud: "elsewhere" }, testSecret, "HS256"),
    "a later generation": () => sign({ ...claims, gen: 7 }, testSecret, "HS256"),
    "another assistant's, renewed for this one": () => mint(url, { assistant: "challenged", renew: good.token }),
    "no challenge": () => mint(url, { assistant: "challenged" }),
    "a replayed challenge": () => mint(url, { assistant: "challenged", challengeToken: "solved once" }),
  };
  return { visitors: [good, new TestVisitor(url, solved)], makers };
}

/** Requests a session. @returns its token; empty if the request was refused */
async function mint(url: string, body: Record<string, string>): Promise<string> {
  const headers = { origin: testOrigin, "content-type": "application/json" };
  const request = fetch(url + routes.sessions, { method: "POST", headers, body: JSON.stringify(body) });
  return (await jsonOf<{ token?: string }>(request)).token ?? "";
}
