import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { textParts } from "../../../../worker/prompt/parts.ts";
import { adapters } from "../../../../worker/providers/adapters.ts";
import { readBaseUrl } from "../../../../worker/providers/anthropic/base-url.ts";
import {
  anthropicAnswer,
  anthropicError,
  anthropicErrorFrame,
  anthropicFrame,
  bodyBytes,
  breakAfter,
  countFrames,
  endAfter,
  insertAfter,
  stallAfter,
  startFaultServer,
  tokenAnswer,
} from "../../../fault-server/index.ts";
import type { AnthropicAnswer, Scenario } from "../../../fault-server/index.ts";
import { ask, codeOf, connect, finishOf, patient, textOf, usageOf } from "../helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const provider = connect("anthropic", { apiKey: "sk-test", baseUrl: server.url });

function asked(answer: AnthropicAnswer) {
  server.script(anthropicAnswer(answer));
  return ask(provider);
}

function bodyText(scenario: Scenario): string {
  return new TextDecoder().decode(bodyBytes(scenario));
}

describe("what Anthropic receives", () => {
  test("model, prompts, history and the token limit, the key as bearer token and the SDK's own version", async () => {
    await ask(provider, {
      model: "claude-x",
      systemPrompt: "Be brief.",
      messages: [
        { role: "user", parts: textParts("One?") },
        { role: "assistant", parts: textParts("Two.") },
        { role: "user", parts: textParts("Three? 🦆") },
      ],
      maxCompletionTokens: 77,
    });
    const [received] = server.requests;
    assert.equal(received?.method, "POST");
    assert.equal(received?.url, "/v1/messages");
    assert.equal(received?.headers.authorization, "Bearer sk-test");
    assert.equal(received?.headers["anthropic-version"], "2026-10-21");
    assert.deepEqual(received?.json, {
      model: "claude-x",
      max_tokens: 77,
      system: "Be brief.",
      messages: [
        { role: "user", content: "One?" },
        { role: "assistant", content: "Two." },
        { role: "user", content: "Three? 🦆" },
      ],
      stream: true,
    });
  });

  test("a temperature if the model takes one, with an API version that accepts it", async () => {
    const { events } = await ask(provider, { temperature: 0.25 });
    const [received] = server.requests;
    assert.equal(received?.headers["anthropic-version"], "2023-06-01");
    assert.equal(Object(received?.json).temperature, 0.25);
    assert.equal(
      events.some((event) => event.type === "warning"),
      false,
    );
  });

  test("a temperature of 0", async () => {
    await ask(provider, { temperature: 0 });
    assert.equal(Object(server.requests[0]?.json).temperature, 0);
  });

  test("no temperature if the model takes none, and a warning after `accepted`", async () => {
    const capabilities = { temperature: false, maxTokensField: "max_tokens" } as const;
    const { events } = await ask(provider, { temperature: 1, capabilities });
    assert.equal("temperature" in Object(server.requests[0]?.json), false);
    assert.equal(server.requests[0]?.headers["anthropic-version"], "2026-10-21");
    assert.deepEqual(
      events.slice(0, 2).map((event) => (event.type === "warning" ? event.code : event.type)),
      ["accepted", "temperature_not_supported"],
    );
  });

  test("no lone surrogates", async () => {
    await ask(provider, { messages: [{ role: "user", parts: textParts("a\uD83Eb") }], systemPrompt: "\uDD86" });
    assert.deepEqual(Object(server.requests[0]?.json).messages, [{ role: "user", content: "a\uFFFDb" }]);
    assert.equal(Object(server.requests[0]?.json).system, "\uFFFD");
  });
});

describe("what Anthropic answers", () => {
  test("`accepted` first, `finish` last, once each, and the text unchanged", async () => {
    const text = ["Hel", "lo 🦆", "\n\n", "```js\n", "✓"];
    const outcome = await asked({ text, pings: true, model: "claude-y" });
    assert.equal(textOf(outcome), text.join(""));
    const types = outcome.events.map((event) => event.type);
    assert.equal(types[0], "accepted");
    assert.equal(types.at(-1), "finish");
    assert.equal(types.filter((type) => type === "accepted" || type === "finish").length, 2);
    assert.deepEqual(outcome.events[0], {
      type: "accepted",
      model: "claude-y",
      providerData: { id: "msg_fault", type: "message", role: "assistant" },
    });
    assert.deepEqual(
      outcome.events.find((event) => event.type === "delta"),
      {
        type: "delta",
        content: "Hel",
        providerData: { index: 0 },
      },
    );
  });

  test("thinking is reasoning, and signatures are ignored", async () => {
    const outcome = await asked({ thinking: ["Let me ", "see."], text: "So." });
    assert.equal(textOf(outcome, "reasoning"), "Let me see.");
    assert.equal(textOf(outcome), "So.");
  });

  for (const [stopReason, finishReason] of [
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "refusal"],
    [null, "stop"], // the end marker arrived after some text
  ] as const) {
    test(`stop reason ${stopReason} is ${finishReason}`, async () => {
      assert.equal(finishOf(await asked({ stopReason })), finishReason);
    });
  }

  for (const stopReason of ["pause_turn", "tool_use", "future_reason", "constructor"]) {
    test(`stop reason ${stopReason} is not stop: what came is kept`, async () => {
      const outcome = await asked({ stopReason, text: ["Hal", "f"] });
      assert.deepEqual([codeOf(outcome), textOf(outcome)], ["upstream_truncated", "Half"]);
      assert.equal(finishOf(outcome), undefined);
      assert.equal(usageOf(outcome)?.outputTokens, 5);
    });
  }

  test("a stop reason is not taken back by a later message_delta", async () => {
    const later = anthropicFrame({ type: "message_delta", delta: { stop_reason: null }, usage: { output_tokens: 9 } });
    const answer = anthropicAnswer({ stopReason: "max_tokens" });
    server.script(insertAfter(countFrames(answer) - 1, [later], answer));
    const outcome = await ask(provider);
    assert.deepEqual([finishOf(outcome), usageOf(outcome)?.outputTokens], ["length", 9]);
  });

  test("message_stop alone is not an answer", async () => {
    const [head, start] = anthropicAnswer().steps;
    const stop = anthropicFrame({ type: "message_stop" });
    for (const steps of [[stop], [head, start, stop]]) {
      server.script({ steps: steps.filter((step) => step !== undefined) });
      assert.equal(codeOf(await ask(provider)), "provider_unavailable");
    }
  });

  test("a refusal keeps its details as the provider's own data", async () => {
    const stopDetails = { type: "refusal", category: "cyber", explanation: null };
    const { events } = await asked({ stopReason: "refusal", stopDetails });
    const providerData = { stop_reason: "refusal", stop_details: stopDetails };
    assert.deepEqual(events.at(-1), { type: "finish", finishReason: "refusal", providerData });
  });

  test("usage is the last value that is not null, never a sum, and input includes the cache", async () => {
    const outcome = await asked({
      startUsage: { input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 100, cache_creation_input_tokens: 7 },
      usage: {
        input_tokens: null,
        output_tokens: 9,
        cache_read_input_tokens: 90,
        output_tokens_details: { thinking_tokens: 4 },
      },
    });
    assert.deepEqual(usageOf(outcome), {
      inputTokens: 10 + 90 + 7,
      outputTokens: 9,
      cachedInputTokens: 90,
      cacheWriteInputTokens: 7,
      reasoningTokens: 4,
    });
  });

  test("unknown events and fields are ignored", async () => {
    const unknown = [
      anthropicFrame({ type: "future_event", delta: { text: "no" } }),
      anthropicFrame({ type: "content_block_delta", index: 0, delta: { type: "future_delta", text: "no" } }),
      anthropicFrame({ type: "content_block_delta", index: 0, delta: null }),
      { send: "event: message_delta\ndata: [1]\n\nevent: x\ndata: null\n\n: comment\n\nid: 7\nretry: 1\n\n" },
      { send: "event: x\ndata: not JSON\n\nevent: ping\ndata: pong\n\nevent: content_block_stop\ndata: {\n\n" },
      { send: "data:\n\ndata: \n\nevent: content_block_delta\ndata:\n\n" },
    ];
    server.script(insertAfter(2, unknown, anthropicAnswer({ text: "Yes" })));
    const outcome = await ask(provider);
    assert.equal(textOf(outcome), "Yes");
    assert.equal(finishOf(outcome), "stop");
  });

  describe("an answer with a stop reason is whole, however its body ends", () => {
    const whole = anthropicAnswer({ text: ["a", "ll"], stopReason: "max_tokens" });
    const frames = countFrames(whole);
    const withoutBlankLine = bodyText(whole).replace(/\n\n$/, "");
    const broken = `${bodyText(endAfter(frames - 1, whole))}event: content_block_delta\ndata: {"type":\n\n`;
    const ends: Record<string, Scenario> = {
      "message_stop without a blank line": { steps: [{ send: withoutBlankLine }] },
      "message_stop without a line break, and \\r\\n": { steps: [{ send: withoutBlankLine.replaceAll("\n", "\r\n") }] },
      "message_stop with a lone \\r": { steps: [{ send: `${withoutBlankLine}\r` }] },
      "no message_stop": endAfter(frames - 1, whole),
      "no message_stop, and no blank line": { steps: [{ send: bodyText(endAfter(frames - 1, whole)).trimEnd() }] },
      "a broken socket instead of message_stop": breakAfter(frames - 1, whole),
      "silence instead of message_stop": stallAfter(frames - 1, whole),
      "an error instead of message_stop": insertAfter(frames - 1, [anthropicErrorFrame("api_error")], whole),
      "something unreadable instead of message_stop": { steps: [{ send: broken }] },
    };
    const connection = { apiKey: "k", baseUrl: server.url };
    const impatient = connect("anthropic", connection, { timeouts: { firstByteMs: 20_000, silenceMs: 700 } });
    for (const [name, scenario] of Object.entries(ends)) {
      test(name, async () => {
        server.script(scenario);
        const outcome = await ask(impatient);
        assert.deepEqual([codeOf(outcome), finishOf(outcome), textOf(outcome)], [undefined, "length", "all"]);
        const types = outcome.events.map(({ type }) => type);
        assert.deepEqual([types[0], types.at(-1)], ["accepted", "finish"]);
        assert.equal(types.filter((type) => type === "finish").length, 1);
      });
    }
  });

  describe("an error in the stream, in every form", () => {
    const frame = (data: unknown, event = "event: error\n") => ({
      send: `${event}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`,
    });
    const overloaded = { type: "overloaded_error", message: "Overloaded" };
    for (const [name, step, code] of [
      ["as documented", frame({ type: "error", error: overloaded }), "provider_overloaded"],
      ["without an event name", frame({ type: "error", error: overloaded }, ""), "provider_overloaded"],
      ["without a type", frame({ error: overloaded }), "provider_overloaded"],
      ["with neither", frame({ error: overloaded }, ""), "provider_overloaded"],
      ["without the error key", frame(overloaded), "provider_overloaded"],
      ["with the error as text", frame({ type: "error", error: "rate_limit_error" }), "provider_rate_limited"],
      ["with a status as its code", frame({ error: { code: 429, message: "" } }), "provider_rate_limited"],
      ["a request that is refused", frame({ error: { type: "invalid_request_error" } }), "provider_rejected"],
      ["a type that is not known", frame({ type: "error", error: { type: "toString" } }), "provider_unavailable"],
      ["without anything", frame({ type: "error" }), "provider_unavailable"],
      ["null", frame("null"), "provider_unavailable"],
      ["not JSON", frame("upstream connect error"), "provider_unavailable"],
    ] as const) {
      test(name, async () => {
        for (const [frames, text] of [
          [0, ""],
          [4, "half"],
        ] as const) {
          server.script(insertAfter(frames, [step], anthropicAnswer({ text: ["ha", "lf", " more"] })));
          const outcome = await ask(provider);
          assert.deepEqual([codeOf(outcome), textOf(outcome)], [code, text]);
        }
      });
    }
  });

  test("an upstream that stays open after message_stop does not delay the end of the answer", async () => {
    const answer = anthropicAnswer();
    server.script({ steps: [...answer.steps, { stall: true }] });
    const start = Date.now();
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.ok(Date.now() - start < patient.silenceMs);
    const [received] = server.requests;
    if (received !== undefined) await server.waitUntilLeft(received);
  });
});

describe("Anthropic's connection", () => {
  const options = { fetch, timeouts: { firstByteMs: 1, silenceMs: 1 } };
  const connectWith = (settings: Record<string, string>) => adapters.anthropic?.connect(settings, options);

  test("names every field that is missing or wrong, and no value", () => {
    assert.deepEqual(Object.keys(Object(connectWith({})).problems), ["apiKey"]);
    const wrong = connectWith({ apiKey: "secret with\nbreak", baseUrl: "ftp://secret" });
    assert.deepEqual(Object.keys(Object(wrong).problems), ["apiKey", "baseUrl"]);
    assert.doesNotMatch(JSON.stringify(wrong), /secret/);
    const header = connectWith({ apiKey: "k", keyHeader: "cookie" });
    assert.match(Object(header).problems.keyHeader, /set it to bearer or x-api-key/);
  });

  test("a base URL that ends in what is added to it is told at the start", () => {
    const problemOf = (path: string) =>
      Object(connectWith({ apiKey: "k", baseUrl: `https://host.example${path}` })).problems?.baseUrl;
    for (const path of ["/v1/messages", "/anthropic/v1/messages/", "/v1", "/gateway/v1/", "/messages"]) {
      assert.match(String(problemOf(path)), /^end it before \/\S+: \/v1\/messages is added to it$/, path);
    }
    for (const path of ["", "/", "/anthropic", "/v1/account/gateway/anthropic"]) {
      assert.equal(problemOf(path), undefined, path);
    }
  });

  test("reads no key and no address from the environment", async () => {
    process.env.ANTHROPIC_API_KEY = "sk-environment";
    process.env.ANTHROPIC_AUTH_TOKEN = "token-environment";
    process.env.ANTHROPIC_BASE_URL = "http://environment.invalid";
    try {
      await ask(connect("anthropic", { apiKey: "sk-given", baseUrl: `${server.url}/gateway/` }));
    } finally {
      for (const name of ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL"]) delete process.env[name];
    }
    assert.equal(server.requests[0]?.url, "/gateway/v1/messages");
    assert.doesNotMatch(JSON.stringify(server.requests[0]?.headers), /environment/);
  });

  test("a redirect is not followed: it would send the key to another host", async () => {
    server.script({ steps: [{ head: { status: 307, headers: { location: `${server.url}/elsewhere` } } }] });
    assert.equal(codeOf(await ask(provider)), "provider_unavailable");
    assert.equal(server.requests.length, 1);
  });
});

describe("Claude on Azure AI Foundry", () => {
  const url = `${server.url}/anthropic`;
  const entra = { tenantId: "tenant-1", clientId: "client-1", clientSecret: "s3cret", authorityHost: server.url };
  const options = { fetch, timeouts: patient };
  const headersOf = (name: string) => server.requests.map(({ headers }) => headers[name]);

  test("a key is sent as `x-api-key` on Azure's hosts, as bearer elsewhere, and as the operator says", async () => {
    const foundry = "https://res.services.ai.azure.com";
    for (const baseUrl of [foundry, `${foundry}/anthropic/`, `${foundry}/api/projects/p`]) {
      assert.deepEqual(readBaseUrl(baseUrl), { url: `${foundry}/anthropic`, isAzure: true });
    }
    assert.deepEqual(readBaseUrl("https://gateway.example/"), { url: "https://gateway.example", isAzure: false });
    await ask(connect("anthropic", { apiKey: "k", baseUrl: url, keyHeader: "x-api-key" }));
    await ask(connect("anthropic", { apiKey: "k", baseUrl: url, keyHeader: "bearer" }));
    await ask(connect("anthropic", { apiKey: "k", baseUrl: url }));
    assert.deepEqual(headersOf("x-api-key"), ["k", undefined, undefined]);
    assert.deepEqual(headersOf("authorization"), [undefined, "Bearer k", "Bearer k"]);
    assert.deepEqual(new Set(server.requests.map((request) => request.url)), new Set(["/anthropic/v1/messages"]));
  });

  test("the request to an Azure host has the key in `x-api-key` and nowhere else", async () => {
    const sent: { url: string; headers: Headers }[] = [];
    const provider = connect(
      "anthropic",
      { apiKey: "k-azure", baseUrl: "https://res.services.ai.azure.com" },
      {
        fetch: (to, init) => {
          sent.push({ url: String(to), headers: new Headers(init?.headers) });
          return fetch(`${url}/v1/messages`, init);
        },
      },
    );
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.equal(sent[0]?.url, "https://res.services.ai.azure.com/anthropic/v1/messages");
    assert.equal(sent[0]?.headers.get("x-api-key"), "k-azure");
    assert.equal(sent[0]?.headers.get("authorization"), null);
  });

  test("Entra ID: the client's credentials are exchanged for a token, which is reused", async () => {
    server.script(({ wire }) => (wire === "token" ? tokenAnswer("token-1") : anthropicAnswer()));
    const provider = connect("anthropic", { baseUrl: url, ...entra });
    for (let turn = 0; turn < 2; turn += 1) assert.equal(finishOf(await ask(provider)), "stop");
    assert.deepEqual(
      server.requests.map(({ wire }) => wire),
      ["token", "anthropic", "anthropic"],
    );
    assert.deepEqual(headersOf("authorization"), [undefined, "Bearer token-1", "Bearer token-1"]);
    assert.doesNotMatch(JSON.stringify(server.requests.slice(1)), /s3cret|x-api-key/);
  });

  test("a token that is refused is renewed, and the request is sent once more, not twice", async () => {
    server.script(({ wire, index, headers }) => {
      if (wire === "token") return tokenAnswer(`token-${index}`);
      return headers["authorization"] === "Bearer token-0"
        ? anthropicError(401, "authentication_error")
        : anthropicAnswer();
    });
    const provider = connect("anthropic", { baseUrl: url, ...entra });
    assert.equal(finishOf(await ask(provider)), "stop");
    assert.deepEqual(headersOf("authorization"), [undefined, "Bearer token-0", undefined, "Bearer token-2"]);
    server.reset();
    server.script(({ wire }) => (wire === "token" ? tokenAnswer() : anthropicError(401, "authentication_error")));
    assert.equal(codeOf(await ask(provider)), "provider_rejected");
    assert.deepEqual(
      server.requests.map(({ wire }) => wire),
      ["anthropic", "token", "anthropic"],
    );
  });

  test("Entra ID needs the address of the resource, and all three of its values", () => {
    const problems = (settings: Record<string, string>) =>
      Object(adapters.anthropic?.connect(settings, options)).problems;
    assert.match(problems(entra).baseUrl, /^set it to https:.*\/anthropic: Entra ID/);
    assert.deepEqual(Object.keys(problems({ baseUrl: url, tenantId: "t" })), ["clientId", "clientSecret"]);
  });
});
