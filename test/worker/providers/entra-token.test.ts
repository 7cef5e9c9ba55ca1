import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import {
  azureAnswer,
  azureError,
  faults,
  jsonAnswer,
  plainAnswer,
  startFaultServer,
  tokenAnswer,
} from "../../fault-server/index.ts";
import type { Scenario } from "../../fault-server/index.ts";
import { ask, codeOf, connect, finishOf, patient } from "./helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

function connectByEntra(settings: Record<string, string> = {}, timeouts = patient) {
  const client = {
    tenantId: "tenant-1",
    clientId: "client-1",
    clientSecret: "s&cret= 1",
    authorityHost: `${server.url}/`,
  };
  return connect("azure", { endpoint: `${server.url}/openai/v1`, ...client, ...settings }, { timeouts });
}

function withTokens(...tokens: Scenario[]) {
  let next = 0;
  server.script(({ wire }) => {
    if (wire !== "token") return azureAnswer();
    next += 1;
    return tokens[Math.min(next, tokens.length) - 1];
  });
}

const wires = () => server.requests.map(({ wire }) => wire);
const bearers = () =>
  server.requests.filter(({ wire }) => wire !== "token").map(({ headers }) => headers.authorization);

describe("Entra ID", () => {
  test("the client's credentials are exchanged for a token, and only the token is sent to Azure", async () => {
    withTokens(tokenAnswer("token-1"));
    assert.equal(finishOf(await ask(connectByEntra())), "stop");
    const [token, completion] = server.requests;
    assert.equal(token?.url, "/tenant-1/oauth2/v2.0/token");
    assert.deepEqual(Object.fromEntries(new URLSearchParams(token?.text)), {
      grant_type: "client_credentials",
      client_id: "client-1",
      client_secret: "s&cret= 1",
      scope: "https://cognitiveservices.azure.com/.default",
    });
    assert.equal(completion?.headers.authorization, "Bearer token-1");
    assert.equal(completion?.headers["api-key"], undefined);
    assert.doesNotMatch(JSON.stringify(completion), /cret/);
  });

  test("all three URL forms accept it", async () => {
    withTokens(tokenAnswer("token-1"));
    for (const form of ["models", "openai/deployments/d", "openai/v1"]) {
      assert.equal(finishOf(await ask(connectByEntra({ endpoint: `${server.url}/${form}` }))), "stop");
    }
    assert.deepEqual(bearers(), ["Bearer token-1", "Bearer token-1", "Bearer token-1"]);
  });

  test("a token is reused, and renewed five minutes before it expires", async () => {
    withTokens(tokenAnswer("long", 3600));
    const provider = connectByEntra();
    for (let turn = 0; turn < 3; turn += 1) await ask(provider);
    assert.deepEqual(wires(), ["token", "v1", "v1", "v1"]);

    server.reset();
    withTokens(tokenAnswer("short", 299), tokenAnswer("next", 3600));
    const other = connectByEntra();
    for (let turn = 0; turn < 3; turn += 1) await ask(other);
    assert.deepEqual(bearers(), ["Bearer short", "Bearer next", "Bearer next"]);
  });

  test("a token that Azure refuses in mid-use is renewed, and the request sent once more", async () => {
    const provider = connectByEntra();
    const refused = new Set(["Bearer token-0"]);
    server.script(({ wire, index, headers }) => {
      if (wire === "token") return tokenAnswer(`token-${index}`);
      return refused.has(headers.authorization ?? "") ? azureError(401) : azureAnswer();
    });
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.deepEqual(wires(), ["token", "v1", "token", "v1"]);
    refused.add("Bearer token-2");
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.deepEqual(bearers(), ["Bearer token-0", "Bearer token-2", "Bearer token-2", "Bearer token-5"]);
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.equal(server.requests.length, 8, "the new token is kept");
  });

  test("a second 401 is provider_rejected, and the next turn requests a new token", async () => {
    const provider = connectByEntra();
    server.script(({ wire }) => (wire === "token" ? tokenAnswer("token-1") : azureError(401)));
    assert.equal(codeOf(await ask(provider)), "provider_rejected");
    assert.deepEqual(wires(), ["token", "v1", "token", "v1"]);
    server.script();
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.deepEqual(wires().slice(4), ["token", "v1"]);
  });

  test("a 401 for a key is not repeated", async () => {
    server.script(azureError(401));
    const provider = connect("azure", { endpoint: `${server.url}/openai/v1`, apiKey: "key" });
    assert.equal(codeOf(await ask(provider)), "provider_rejected");
    assert.deepEqual(wires(), ["v1"]);
  });

  test("a token's lifetime can be text", async () => {
    withTokens(jsonAnswer(200, { access_token: "token-1", expires_in: "3599" }));
    const provider = connectByEntra();
    for (let turn = 0; turn < 2; turn += 1) assert.equal(finishOf(await ask(provider)), "stop");
    assert.deepEqual(wires(), ["token", "v1", "v1"]);
  });

  const failures: readonly (readonly [string, Scenario, string])[] = [
    [
      "a refused client",
      jsonAnswer(401, { error: "invalid_client", error_description: "canary" }),
      "provider_rejected",
    ],
    ["an unknown tenant", jsonAnswer(400, { error: "invalid_request" }), "provider_rejected"],
    ["too many requests", jsonAnswer(429, {}), "provider_rate_limited"],
    ["a failing service", plainAnswer(503, "canary"), "provider_unavailable"],
    ["no JSON", plainAnswer(200, "canary"), "provider_unavailable"],
    ["no token", jsonAnswer(200, { token: "canary" }), "provider_unavailable"],
    ["no lifetime", jsonAnswer(200, { access_token: "canary", expires_in: "soon" }), "provider_unavailable"],
    ["silence", faults.stallBeforeHead, "provider_timeout"],
    ["silence in the body", { steps: [{ head: { status: 200 } }, { stall: true }] }, "provider_timeout"],
    ["a broken socket", faults.breakBeforeHead, "provider_unavailable"],
  ];
  for (const [name, scenario, code] of failures) {
    test(`${name} is ${code}, and no request goes to Azure`, async () => {
      withTokens(scenario);
      const firstByteMs = code === "provider_timeout" ? 1000 : patient.firstByteMs;
      const outcome = await ask(connectByEntra({}, { ...patient, firstByteMs }));
      assert.equal(codeOf(outcome), code);
      assert.doesNotMatch(`${outcome.error?.message} ${outcome.error?.detail}`, /canary/);
      assert.deepEqual(wires(), ["token"]);
    });
  }
});
