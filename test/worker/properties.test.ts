// Each property of an assistant on each provider: what the upstream received, and what the browser received.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { routes, type AssistantProfile } from "../../protocol/index.ts";
import { anthropicAnswer, azureAnswer, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import {
  deltas,
  ending,
  jsonOf,
  sentBody,
  TestVisitor,
  testOrigin,
  type SentBody,
  type Streamed,
} from "../support/client.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";

let upstream: FaultServer;
let worker: TestWorker;

before(async () => {
  upstream = await startFaultServer();
  const { url } = upstream;
  worker = await startTestWorker({
    variables: {
      ANTHROPIC_API_KEY: "key-a",
      ANTHROPIC_BASE_URL: `${url}/gateway`,
      AZURE_AI_API_KEY: "key-z",
      MODELS_ENDPOINT: `${url}/models`,
      DEPLOYMENTS_ENDPOINT: `${url}/openai/deployments/my-deployment`,
      V1_ENDPOINT: `${url}/openai/v1`,
      AZURE_TENANT_ID: "tenant-1",
      AZURE_CLIENT_ID: "client-1",
      AZURE_CLIENT_SECRET: "secret-1",
      AZURE_AUTHORITY_HOST: url,
    },
  });
});

after(async () => {
  await worker.stop();
  await upstream.close();
});

afterEach(() => upstream.reset());

/** Asks an assistant once. Returns what the provider and the browser received. */
async function exchange(
  assistant: string,
  userPrompt = "When is tea?",
): Promise<{ sent: SentBody; streamed: Streamed }> {
  const visitor = await TestVisitor.arrive(worker.url, assistant);
  const streamed = await visitor.ask(userPrompt);
  const asked = upstream.requests.filter((request) => request.wire !== "token");
  assert.equal(asked.length, 1);
  return { sent: sentBody(asked[0]), streamed };
}

const providers = [
  {
    provider: "anthropic",
    assistant: "anthropic-all",
    model: "claude-sonnet-4-5",
    answer: anthropicAnswer({ text: ["At ", "four."], thinking: ["Tea", "time"], model: "claude-real" }),
    realModel: "claude-real",
    systemOf: (sent: SentBody) => sent["system"],
    messagesOf: (sent: SentBody) => sent.messages,
    maxTokensField: "max_tokens",
  },
  {
    provider: "azure",
    assistant: "azure-all",
    model: "my-deployment",
    answer: azureAnswer({ text: ["At ", "four."], reasoning: ["Tea", "time"], model: "gpt-real" }),
    realModel: "gpt-real",
    systemOf: (sent: SentBody) => sent.messages[0]?.content,
    messagesOf: (sent: SentBody) => sent.messages.slice(1),
    maxTokensField: "max_tokens",
  },
];

for (const { provider, assistant, model, answer, realModel, systemOf, messagesOf, maxTokensField } of providers) {
  describe(provider, () => {
    test("title, tagline, welcome, starters, disclosure and privacy link are public; nothing else is", async () => {
      const response = await fetch(worker.url + routes.assistant(assistant));
      assert.deepEqual(await response.json(), {
        id: assistant,
        title: "Everything",
        tagline: "A tagline",
        welcome: "Welcome!",
        starters: ["First?", "Second?"],
        disclosure: "It can be wrong.",
        privacyUrl: "https://example.com/privacy",
        available: true,
        streamVariable: "piece",
        resultVariable: "whole",
        limits: { maxPromptChars: 4000, maxPageBytes: 16_384 },
        features: { reasoning: true },
      });
    });

    test("model, system prompt, temperature and maximum completion tokens reach the provider", async () => {
      upstream.script(answer);
      const { sent } = await exchange(assistant);
      assert.equal(sent["model"], model);
      assert.equal(systemOf(sent), "CANARY-SYSTEM-PROMPT You are a test.");
      assert.equal(sent["temperature"], 0.3);
      assert.equal(sent[maxTokensField], 321);
      assert.equal(sent["stream"], true);
    });

    test("the prompt is the template, filled with the search results and the user prompt", async () => {
      upstream.script(answer);
      const { sent, streamed } = await exchange(assistant, "When is @@context $& tea?");
      const [message, ...others] = messagesOf(sent);
      assert.deepEqual([message?.role, others], ["user", []]);
      const content = String(message?.content);
      const mark = /<context-(\w+)>/.exec(content)?.[1];
      const first = `${mark} ⟦1⟧ Tea (https://example.com/tea)\nTea is served at four.`;
      const second = `${mark} ⟦2⟧ Cake (handbook)\nCake is served at five.`;
      const context = `<context-${mark}>\n${first}\n\n${second}\n</context-${mark}>`;
      const filled = `CANARY-TEMPLATE Context: ${context}\nQuestion: When is @@context $& tea?\n\n`;
      assert.ok(content.startsWith(filled), content);
      const sources = streamed.frames.map(({ event }) => event).find((event) => event.type === "sources");
      assert.deepEqual(sources?.sources, [
        ...[
          {
            index: 1,
            id: "1",
            title: "Tea",
            url: "https://example.com/tea",
            snippet: "Tea is served at four.",
            score: 0.9,
          },
        ],
        ...[{ index: 2, id: "2", title: "Cake", snippet: "Cake is served at five." }],
      ]);
    });

    test("history: earlier messages come from the worker's own store, are trimmed to the window, with a warning", async () => {
      upstream.script(answer);
      const visitor = await TestVisitor.arrive(worker.url, assistant);
      const conversation = crypto.randomUUID();
      for (const prompt of ["one", "two", "three"]) await visitor.ask(prompt, { conversation });
      const streamed = await visitor.ask("four", { conversation });
      const messages = messagesOf(sentBody(upstream.requests[3]));
      assert.deepEqual(messages.slice(0, -1), [
        { role: "user", content: "two" },
        { role: "assistant", content: "At four." },
        { role: "user", content: "three" },
        { role: "assistant", content: "At four." },
      ]);
      const warnings = streamed.frames.flatMap(({ event }) => (event.type === "warning" ? [event.code] : []));
      assert.deepEqual(warnings, ["history_trimmed"]);
    });

    test("the stream and result variables name the events; deltas, usage, reasoning and provider data are exposed", async () => {
      upstream.script(answer);
      const { streamed } = await exchange(assistant);
      assert.deepEqual(new Set(streamed.frames.map(({ name }) => name)), new Set(["piece", "whole"]));
      assert.equal(streamed.frames.at(-1)?.name, "whole");
      const last = ending(streamed);
      assert.ok(last.type === "response");
      assert.equal(last.content, "At four.");
      assert.equal(deltas(streamed), "At four.");
      assert.deepEqual(last.usage, { inputTokens: 12, outputTokens: 5, source: "provider" });
      assert.equal(last.provider, provider);
      assert.equal(last.model, realModel);
      const events = streamed.frames.map(({ event }) => event);
      assert.equal(events.map((event) => (event.type === "reasoning" ? event.content : "")).join(""), "Teatime");
      assert.ok(events.some((event) => "usage" in event && event.type !== "response"));
      assert.ok(events.some((event) => event.type === "delta" && event.providerData !== undefined));
    });

    test("only what is exposed reaches the browser", async () => {
      upstream.script(answer);
      const { streamed } = await exchange(provider);
      for (const hidden of [
        realModel,
        model,
        provider === "azure" ? "chatcmpl" : "msg_fault",
        "Teatime",
        "providerData",
      ]) {
        assert.ok(!streamed.raw.replaceAll(`"assistant":"${provider}"`, "").includes(hidden), hidden);
      }
      assert.deepEqual(new Set(streamed.frames.map(({ name }) => name)), new Set(["message", "response"]));
    });
  });
}

describe("differences between providers", () => {
  test("Anthropic: the key as a bearer token, the base URL with its path, and the version that accepts a temperature", async () => {
    const { sent } = await exchange("anthropic-all");
    const [request] = upstream.requests;
    assert.match(request?.url ?? "", /^\/gateway\/v1\/messages/);
    assert.match(JSON.stringify(request?.headers), /key-a/);
    assert.equal(request?.headers["anthropic-version"], "2023-06-01");
    assert.equal(sent["temperature"], 0.3);
  });

  test("Anthropic without a temperature: none is sent, and there is no warning", async () => {
    const { sent, streamed } = await exchange("anthropic");
    assert.ok(!("temperature" in sent));
    assert.notEqual(upstream.requests[0]?.headers["anthropic-version"], "2023-06-01");
    assert.ok(!streamed.raw.includes("temperature_not_supported"));
  });

  test("a temperature that is set but not sent causes a warning and a log line", async () => {
    for (const assistant of ["anthropic-hot", "azure-reasoning"]) {
      const { sent, streamed } = await exchange(assistant);
      assert.ok(!("temperature" in sent), assistant);
      const warnings = streamed.frames.flatMap(({ event }) => (event.type === "warning" ? [event.code] : []));
      assert.deepEqual(warnings, ["temperature_not_supported"]);
      await worker.printed(new RegExp(`temperature_not_supported.*"assistant":"${assistant}"`));
      upstream.reset();
    }
  });

  test("Azure: a temperature of 0.7 if none is set, and the token field that the model expects", async () => {
    const plain = await exchange("azure");
    assert.equal(plain.sent["temperature"], 0.7);
    assert.ok(!("max_tokens" in plain.sent) && !("max_completion_tokens" in plain.sent));
    upstream.reset();
    const reasoning = await exchange("azure-reasoning");
    assert.equal(reasoning.sent["max_completion_tokens"], 222 + 1024); // plus room for thinking at minimal effort
    assert.equal(reasoning.sent["reasoning_effort"], "minimal");
    assert.ok(!("max_tokens" in reasoning.sent));
    upstream.reset();
    const override = await exchange("azure-override");
    assert.equal(override.sent["max_tokens"], 222 + 1024);
    assert.equal(override.sent["temperature"], 0.5);
  });

  test("Azure in its three URL forms, and with Entra ID", async () => {
    const expected = [
      ["azure", /^\/models\/chat\/completions\?api-version=/, "my-deployment"],
      ["deployments", /^\/openai\/deployments\/my-deployment\/chat\/completions\?api-version=/, undefined],
      ["v1", /^\/openai\/v1\/chat\/completions$/, "my-deployment"],
    ] as const;
    for (const [assistant, url, model] of expected) {
      const { sent, streamed } = await exchange(assistant);
      assert.equal(deltas(streamed), "Hello.");
      assert.match(upstream.requests[0]?.url ?? "", url);
      assert.equal(upstream.requests[0]?.headers["api-key"], "key-z");
      if (model !== undefined) assert.equal(sent["model"], model);
      assert.deepEqual(sent["stream_options"], { include_usage: true });
      upstream.reset();
    }
    const { streamed } = await exchange("entra");
    assert.equal(deltas(streamed), "Hello.");
    const [token, asked] = upstream.requests;
    assert.equal(token?.url, "/tenant-1/oauth2/v2.0/token");
    assert.match(asked?.headers["authorization"] ?? "", /^Bearer /);
    assert.equal(asked?.headers["api-key"], undefined);
  });

  test("text as context in the default template", async () => {
    const { sent } = await exchange("text-context");
    const content = String(sent.messages[0]?.content);
    assert.match(content, /<context-(\w+)>\nThe password of the day is swordfish\.\n<\/context-\1>/);
    assert.match(content, /Question: When is tea\?$/);
  });

  test("an assistant without a key is not available, and only the log says why", async () => {
    const profile = await fetch(worker.url + routes.assistant("keyless"), { headers: { origin: testOrigin } });
    assert.equal((await jsonOf<AssistantProfile>(profile)).available, false);
    const visitor = await TestVisitor.arrive(worker.url, "keyless");
    const streamed = await visitor.ask("Hello?");
    assert.equal(streamed.status, 503);
    assert.equal(streamed.error?.code, "not_configured");
    await worker.printed(/not_configured.*A_KEY_THAT_IS_NOT_SET/);
    assert.ok(!streamed.raw.includes("A_KEY_THAT_IS_NOT_SET"));
  });

  test("the daily turn limit", async () => {
    const visitor = await TestVisitor.arrive(worker.url, "three-a-day");
    for (let turn = 0; turn < 3; turn++) assert.equal((await visitor.ask("Hello?")).status, 200);
    const refused = await visitor.ask("Hello?");
    assert.equal(refused.status, 429);
    assert.equal(refused.error?.code, "rate_limited");
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal(upstream.requests.length, 3);
  });
});

test("Anthropic is asked to cache repeated input: a long system prompt, and the history up to the last answer", async () => {
  const long = "A long answer. ".repeat(400);
  upstream.script(
    anthropicAnswer({
      text: [long],
      startUsage: { input_tokens: 10, cache_read_input_tokens: 2000, output_tokens: 1 },
    }),
  );
  const visitor = await TestVisitor.arrive(worker.url, "long-prompt");
  const conversation = crypto.randomUUID();
  const first = await visitor.ask("one", { conversation });
  await visitor.ask("two", { conversation });
  const mark = { type: "ephemeral" };
  const [one, two] = upstream.requests.map(sentBody);
  assert.deepEqual(one?.["system"], [{ type: "text", text: "Be brief. ".repeat(500), cache_control: mark }]);
  assert.deepEqual(one?.messages, [{ role: "user", content: "one" }]);
  assert.deepEqual(two?.messages, [
    { role: "user", content: "one" },
    { role: "assistant", content: [{ type: "text", text: long, cache_control: mark }] },
    { role: "user", content: "two" },
  ]);
  const { usage } = ending(first);
  assert.deepEqual([usage.inputTokens, usage.cachedInputTokens], [2010, 2000]);
});
