import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { textParts } from "../../../../worker/prompt/parts.ts";
import { adapters } from "../../../../worker/providers/adapters.ts";
import { azureAnswer, azureFrame, insertAfter, startFaultServer } from "../../../fault-server/index.ts";
import type { AzureAnswer } from "../../../fault-server/index.ts";
import { ask, codeOf, connect, finishOf, textOf, usageOf } from "../helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const forms = [
  { form: "models", endpoint: "/models", url: "/models/chat/completions?api-version=2024-05-01-preview" },
  {
    form: "deployments",
    endpoint: "/openai/deployments/my-deployment",
    url: "/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21",
  },
  { form: "v1", endpoint: "/openai/v1", url: "/openai/v1/chat/completions" },
] as const;

const reasoning = { temperature: false, maxTokensField: "max_completion_tokens" } as const;

for (const { form, endpoint, url } of forms) {
  const provider = connect("azure", { apiKey: "key-1", endpoint: server.url + endpoint });

  function asked(answer: AzureAnswer) {
    server.script(azureAnswer(answer));
    return ask(provider);
  }

  describe(`what Azure receives at …${endpoint}`, () => {
    test("URL, key, model, prompts, history and the token limit", async () => {
      await ask(provider, {
        model: "my-deployment",
        systemPrompt: "Be brief.",
        messages: [
          { role: "user", parts: textParts("One?") },
          { role: "assistant", parts: textParts("Two.") },
          { role: "user", parts: textParts("Three? 🦆") },
        ],
      });
      const [received] = server.requests;
      assert.equal(received?.url, url);
      assert.equal(received?.wire, form);
      assert.equal(received?.headers["api-key"], "key-1");
      assert.equal(received?.headers.authorization, "Bearer key-1");
      assert.equal(received?.headers["extra-parameters"], form === "models" ? "pass-through" : undefined);
      assert.deepEqual(received?.json, {
        model: "my-deployment",
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "One?" },
          { role: "assistant", content: "Two." },
          { role: "user", content: "Three? 🦆" },
        ],
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 100,
        temperature: 0.7,
      });
    });

    test("a temperature that was set, and the newer token field", async () => {
      const capabilities = { temperature: true, maxTokensField: "max_completion_tokens" } as const;
      await ask(provider, { temperature: 0, capabilities });
      const body = Object(server.requests[0]?.json);
      assert.deepEqual([body.temperature, body.max_completion_tokens, "max_tokens" in body], [0, 100, false]);
    });

    test("no temperature for a reasoning model, and a warning only if it was set", async () => {
      const unset = await ask(provider, { capabilities: reasoning });
      const set = await ask(provider, { capabilities: reasoning, temperature: 0.5 });
      for (const { json } of server.requests) assert.equal("temperature" in Object(json), false);
      assert.deepEqual(
        unset.events.filter((event) => event.type === "warning"),
        [],
      );
      assert.equal(set.events[1]?.type === "warning" && set.events[1].code, "temperature_not_supported");
    });

    test("no token limit if none is set", async () => {
      await ask(provider, { maxCompletionTokens: undefined });
      assert.doesNotMatch(JSON.stringify(server.requests[0]?.json), /max_/);
    });
  });

  describe(`what Azure answers at …${endpoint}`, () => {
    test("`accepted` first, `finish` last, once each, and the text unchanged", async () => {
      const text = ["Hel", "lo 🦆", "\n\n", "```js\n", "✓"];
      const outcome = await asked({ text, keepAlives: true, model: "gpt-real" });
      assert.equal(textOf(outcome), text.join(""));
      const types = outcome.events.map((event) => event.type);
      assert.equal(types[0], "accepted");
      assert.equal(types.at(-1), "finish");
      assert.equal(types.filter((type) => type === "accepted" || type === "finish").length, 2);
      const [accepted] = outcome.events;
      assert.equal(accepted?.type === "accepted" && accepted.model, "gpt-real");
      assert.ok(accepted?.type === "accepted" && accepted.providerData?.prompt_filter_results);
    });

    test("reasoning_content is reasoning, and nulls are ignored", async () => {
      const outcome = await asked({ reasoning: ["Let me ", "see."], text: "So." });
      assert.equal(textOf(outcome, "reasoning"), "Let me see.");
      assert.equal(textOf(outcome), "So.");
    });

    test("a refusal is streamed as text, and its finish reason is refusal", async () => {
      const outcome = await asked({ refusal: ["I can", "not."] });
      assert.equal(textOf(outcome), "I cannot.");
      assert.equal(finishOf(outcome), "refusal");
    });

    for (const [finishReason, expected] of [
      ["stop", "stop"],
      ["length", "length"],
      ["content_filter", "content_filter"],
      ["model_length", "length"],
      ["eos", "stop"],
      ["STOP", "stop"],
      [null, "stop"],
    ] as const) {
      test(`finish reason ${finishReason} is ${expected}`, async () => {
        const outcome = await asked({ text: "Half an ans", finishReason });
        assert.equal(finishOf(outcome), expected);
        assert.equal(textOf(outcome), "Half an ans");
      });
    }

    test("usage with its details", async () => {
      const usage = {
        prompt_tokens: 20,
        completion_tokens: 9,
        prompt_tokens_details: { cached_tokens: 16 },
        completion_tokens_details: { reasoning_tokens: 4 },
      };
      const expected = { inputTokens: 20, outputTokens: 9, cachedInputTokens: 16, reasoningTokens: 4 };
      assert.deepEqual(usageOf(await asked({ usage })), expected);
      const outcome = await asked({
        usage: { ...usage, prompt_tokens_details: null, completion_tokens_details: null },
      });
      assert.equal(usageOf(outcome)?.inputTokens, 20);
    });

    test("unknown frames are ignored", async () => {
      const unknown = [
        azureFrame({ choices: null }),
        azureFrame({ choices: [null] }),
        azureFrame({ choices: [{ delta: null }] }),
        azureFrame({ choices: [{ delta: { content: 7, refusal: null, reasoning_content: null } }], usage: null }),
        azureFrame({ object: "future" }),
        azureFrame(null),
        { send: "event: future\nid: 1\ndata: {}\n\n: comment\n\nretry: 1\n\n" },
      ];
      server.script(insertAfter(2, unknown, azureAnswer({ text: "Yes" })));
      const outcome = await ask(provider);
      assert.equal(textOf(outcome), "Yes");
      assert.equal(finishOf(outcome), "stop");
    });
  });
}

describe("Azure's connection", () => {
  const options = { fetch, timeouts: { firstByteMs: 1, silenceMs: 1 } };
  const problems = (settings: Record<string, string>) => Object(adapters.azure?.connect(settings, options)).problems;

  test("names every field that is missing or wrong, and no value", () => {
    assert.deepEqual(Object.keys(problems({})), ["endpoint", "apiKey"]);
    assert.deepEqual(Object.keys(problems({ apiKey: "k", endpoint: "https://host.example/secret" })), ["endpoint"]);
    const claude = { apiKey: "k", endpoint: "https://secret.services.ai.azure.com/anthropic/v1" };
    assert.deepEqual(Object.keys(problems(claude)), ["endpoint"]);
    assert.match(problems(claude).endpoint, /provider anthropic/);
    assert.deepEqual(Object.keys(problems({ apiKey: "k", endpoint: "https://host.example/models", api: "secret" })), [
      "api",
    ]);
    assert.deepEqual(Object.keys(problems({ endpoint: "https://host.example/models", tenantId: "t" })), [
      "clientId",
      "clientSecret",
    ]);
    assert.doesNotMatch(JSON.stringify(problems({ apiKey: "a secret", endpoint: "secret" })), /secret/);
  });

  test("`api` takes precedence over the endpoint's form", async () => {
    await ask(connect("azure", { apiKey: "k", endpoint: `${server.url}/models`, api: "v1" }));
    assert.equal(server.requests[0]?.url, "/models/chat/completions");
    await ask(connect("azure", { apiKey: "k", endpoint: server.url, api: "deployments" }), { model: "a b" });
    assert.equal(server.requests[1]?.url, "/openai/deployments/a%20b/chat/completions?api-version=2024-10-21");
  });

  test("the operator's own api-version is kept", async () => {
    await ask(
      connect("azure", { apiKey: "k", endpoint: `${server.url}/models/chat/completions?api-version=2099-01-01` }),
    );
    assert.equal(server.requests[0]?.url, "/models/chat/completions?api-version=2099-01-01");
  });

  test("a redirect is not followed: it would send the key to another host", async () => {
    server.script({ steps: [{ head: { status: 307, headers: { location: `${server.url}/elsewhere` } } }] });
    assert.equal(
      codeOf(await ask(connect("azure", { apiKey: "k", endpoint: `${server.url}/models` }))),
      "provider_unavailable",
    );
    assert.equal(server.requests.length, 1);
  });
});
