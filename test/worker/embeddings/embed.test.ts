// The client of `/embeddings`: what it sends in each URL form, and what it makes of answers.
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { openAccess } from "../../../worker/embeddings/access.ts";
import { embedAll } from "../../../worker/embeddings/embed-all.ts";
import { embed } from "../../../worker/embeddings/embed.ts";
import { EmbeddingsError } from "../../../worker/embeddings/embeddings-error.ts";
import { completeEmbeddings, type EmbeddingsSettings } from "../../../worker/embeddings/settings.ts";
import { embeddingsAnswer, faults, jsonAnswer, startFaultServer, tokenAnswer } from "../../fault-server/index.ts";
import { canary } from "../../support/canary.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const names = {
  endpoint: "ENDPOINT",
  apiKey: "KEY",
  tenantId: "TENANT",
  clientId: "CLIENT",
  clientSecret: "SECRET",
  authorityHost: "HOST",
};
const connection = { provider: "azure", variables: names };
const settings: EmbeddingsSettings = { connection, model: "text-embedding-3-small", dimensions: 8 };
const never = new AbortController().signal;

/** Embeds two texts with a connection that has these variables. */
function embedTwo(env: Record<string, string> = { ENDPOINT: `${server.url}/openai/v1`, KEY: canary }, changes = {}) {
  const complete = completeEmbeddings({ ...settings, ...changes });
  return embed(["one", "two"], complete, openAccess(connection, env), { timeLimitMs: 10_000, signal: never });
}

describe("what is sent", () => {
  for (const [endpoint, path] of [
    ["/openai/v1", "/openai/v1/embeddings"],
    ["/openai/v1/chat/completions", "/openai/v1/embeddings"],
    ["/v1", "/v1/embeddings"],
    ["/openai/deployments/x", "/openai/deployments/x/embeddings?api-version=2024-10-21"],
  ] as const) {
    test(`to an endpoint that ends with ${endpoint}`, async () => {
      const { vectors, tokens } = await embedTwo({ ENDPOINT: server.url + endpoint, KEY: canary });
      const [request] = server.requests;
      assert.equal(request?.url, path);
      assert.deepEqual(request?.json, {
        model: "text-embedding-3-small",
        input: ["one", "two"],
        encoding_format: "float",
        dimensions: 8,
      });
      assert.deepEqual([request?.headers["api-key"], request?.headers.authorization], [canary, `Bearer ${canary}`]);
      assert.deepEqual([vectors.map(({ length }) => length), tokens], [[8, 8], 2]);
    });
  }

  test("other models are not asked for a number of dimensions, unless the settings say so", async () => {
    server.script(({ json }) => embeddingsAnswer(json, { dimensions: 8 }));
    await embedTwo(undefined, { model: "bge-m3" });
    await embedTwo(undefined, { model: "bge-m3", asksForDimensions: true });
    assert.deepEqual(
      server.requests.map(({ json }) => Object.hasOwn(Object(json), "dimensions")),
      [false, true],
    );
  });

  test("with Entra ID: the token alone, once for many requests, and a new one if it is refused", async () => {
    let issued = 0;
    server.script(({ wire, json, headers }) => {
      if (wire === "token") return tokenAnswer(`token-${(issued += 1)}`);
      return headers.authorization === "Bearer token-1" && issued === 1 && isRevoked
        ? jsonAnswer(401, {})
        : embeddingsAnswer(json);
    });
    let isRevoked = false;
    const entra = { TENANT: "t", CLIENT: "c", SECRET: canary, HOST: server.url };
    const env = { ENDPOINT: `${server.url}/openai/v1`, ...entra };
    await embedTwo(env);
    await embedTwo(env);
    isRevoked = true;
    await embedTwo(env);
    assert.deepEqual(
      server.requests.map(({ wire, headers }) => (wire === "token" ? wire : headers.authorization)),
      ["token", "Bearer token-1", "Bearer token-1", "Bearer token-1", "token", "Bearer token-2"],
    );
    assert.ok(server.requests.every(({ headers }) => headers["api-key"] === undefined));
  });

  test("a connection that is not complete names its variables, and no other provider has embeddings", () => {
    assert.throws(
      () => openAccess(connection, {}),
      /ENDPOINT: set it to a URL; KEY: set it, or set TENANT, CLIENT and SECRET/,
    );
    assert.throws(() => openAccess(connection, { ENDPOINT: "https://example.com", KEY: "k" }), /ENDPOINT: end it with/);
    assert.throws(
      () => openAccess({ provider: "anthropic", variables: {} }, {}),
      /The provider anthropic has no embeddings/,
    );
  });
});

describe("what comes back", () => {
  const leak = { error: { code: "invalid_api_key", message: `your key ${canary}` } };
  const failures = [
    [
      "a refusal",
      () => jsonAnswer(401, leak),
      { message: /status 401 \(invalid_api_key\)/, isFree: true, isTemporary: false },
    ],
    [
      "too many requests",
      () => jsonAnswer(429, leak, { "retry-after": "2" }),
      { message: /status 429/, isFree: true, isTemporary: true },
    ],
    ["a server's error", () => jsonAnswer(500, leak), { message: /status 500/, isFree: false, isTemporary: true }],
    [
      "a broken connection",
      () => faults.breakBeforeHead,
      { message: /cannot be reached/, isFree: false, isTemporary: true },
    ],
    [
      "a broken body",
      () => faults.breakBeforeBody,
      { message: /response was cut off/, isFree: false, isTemporary: true },
    ],
    ["a page", () => faults.wrongContentType, { message: /no list of vectors/, isFree: false, isTemporary: false }],
    [
      "a vector that is none",
      () => jsonAnswer(200, { data: [{ embedding: ["x"] }, { embedding: [1] }] }),
      { message: /one valid vector for each text/ },
    ],
    [
      "the same index twice",
      () => jsonAnswer(200, { data: [0, 0].map((index) => ({ index, embedding: Array(8).fill(1) })) }),
      { message: /one valid vector for each text/ },
    ],
    [
      "another dimension",
      (json: unknown) => embeddingsAnswer(json, { dimensions: 9 }),
      { message: /with 9 numbers, but the assistant's file says 8/ },
    ],
    ["another count", (json: unknown) => embeddingsAnswer(json, { count: 1 }), { message: /1 vectors for 2 texts/ }],
  ] as const;
  for (const [name, answer, expected] of failures) {
    test(`${name}: an error that says so, without the key`, async () => {
      server.script(({ json }) => answer(json));
      await assert.rejects(embedTwo(), (error) => {
        assert.ok(error instanceof EmbeddingsError);
        const { message, ...others } = expected;
        assert.match(error.message, message);
        assert.ok(!error.message.includes(canary));
        for (const [field, value] of Object.entries(others)) assert.equal(Reflect.get(error, field), value, field);
        return true;
      });
    });
  }

  test("vectors are put in the order of the texts", async () => {
    const vector = (value: number) => Array.from({ length: 8 }, () => value);
    server.script(jsonAnswerOnEmbeddings([1, 0].map((index) => ({ index, embedding: vector(index) }))));
    assert.deepEqual((await embedTwo()).vectors, [vector(0), vector(1)]);
  });

  test("late: the request ends at its time limit", async () => {
    server.script(() => faults.stallBeforeHead);
    const access = openAccess(connection, { ENDPOINT: `${server.url}/v1`, KEY: "k" });
    const bounds = { timeLimitMs: 50, signal: never };
    await assert.rejects(embed(["one"], completeEmbeddings(settings), access, bounds), /took longer than 50 ms/);
    await server.waitUntilLeft(server.requests[0] ?? assert.fail());
  });

  test("an ingestion waits as long as a busy server asks it to, and stops at a refusal", async () => {
    let left = 2;
    server.script(({ json }) => (left-- > 0 ? jsonAnswer(429, {}, { "retry-after-ms": "3" }) : embeddingsAnswer(json)));
    const access = openAccess(connection, { ENDPOINT: `${server.url}/v1`, KEY: "k" });
    const { vectors, tokens } = await embedAll(
      ["one", "two"],
      completeEmbeddings({ ...settings, batchSize: 1 }),
      access,
      never,
    );
    assert.deepEqual([vectors.length, tokens, server.requests.length], [2, 2, 4]);
    server.reset();
    server.script(() => jsonAnswer(401, leak));
    await assert.rejects(embedAll(["one"], completeEmbeddings(settings), access, never), /status 401/);
    assert.equal(server.requests.length, 1);
  });
});

function jsonAnswerOnEmbeddings(data: object[]) {
  return () => jsonAnswer(200, { data, usage: { prompt_tokens: 2 } });
}
