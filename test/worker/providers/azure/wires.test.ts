/** What vendors of the chat completions wire do differently. */
import assert from "node:assert/strict";
import { after, beforeEach, describe, test } from "node:test";
import { chatWires } from "../../../support/chat-wires.ts";
import {
  azureAnswer,
  azureFrame,
  cutEvery,
  endAfter,
  insertAfter,
  stallAfter,
  startFaultServer,
} from "../../../fault-server/index.ts";
import type { Scenario } from "../../../fault-server/index.ts";
import { ask, codeOf, connect, finishOf, patient, textOf, usageOf } from "../helpers.ts";

const server = await startFaultServer();
after(() => server.close());
beforeEach(() => server.reset());

const settings = { apiKey: "key", endpoint: `${server.url}/openai/v1` };
const provider = connect("azure", settings);

function asked(scenario: Scenario) {
  server.script(scenario);
  return ask(provider);
}

describe("a vendor's own way", () => {
  for (const { name, scenario, ending, content, reasoning = "" } of chatWires) {
    test(name, async () => {
      for (const cut of [scenario, cutEvery(1, scenario)]) {
        const outcome = await asked(cut);
        assert.deepEqual(
          [codeOf(outcome) ?? finishOf(outcome), textOf(outcome), textOf(outcome, "reasoning")],
          [ending, content, reasoning],
        );
      }
    });
  }

  test("silence after the finish reason ends the answer, with what it used", async () => {
    server.script(stallAfter(7, azureAnswer({ text: ["Hel", "lo", "."] })));
    const outcome = await ask(connect("azure", settings, { timeouts: { ...patient, silenceMs: 1000 } }));
    assert.deepEqual([finishOf(outcome), textOf(outcome), usageOf(outcome)?.outputTokens], ["stop", "Hello.", 5]);
  });

  test("tags that are cut anywhere", async () => {
    const text = "<think>\na < b, </b> </thin \n</think>\n<think>c</think>\n\n<b>So</b> <think>d</think>";
    for (let at = 1; at < text.length; at += 1) {
      const outcome = await asked(azureAnswer({ text: [text.slice(0, at), text.slice(at)], filterResults: false }));
      assert.equal(textOf(outcome, "reasoning"), "a < b, </b> </thin \nc", `cut at ${at}`);
      assert.equal(textOf(outcome), "<b>So</b> <think>d</think>", `cut at ${at}`);
    }
    const single = await asked(azureAnswer({ text: [...text], filterResults: false }));
    assert.equal(textOf(single), "<b>So</b> <think>d</think>");
  });

  for (const text of ["<", "  <thi", "<thinking> is a tag", "\n\n", `${" ".repeat(500)}<think>x`]) {
    test(`${JSON.stringify(text.slice(0, 20))}… is text`, async () => {
      const outcome = await asked(azureAnswer({ text: [...text] }));
      assert.deepEqual([textOf(outcome), textOf(outcome, "reasoning")], [text, ""]);
      const unfinished = await asked(azureAnswer({ text: [...text], finishReason: null }));
      assert.deepEqual([finishOf(unfinished), textOf(unfinished)], ["stop", text]);
    });
  }

  test("an error frame's usage comes before the error", async () => {
    const error = azureFrame({ error: { code: "server_error" }, usage: { prompt_tokens: 7, completion_tokens: 300 } });
    const outcome = await asked(insertAfter(3, [error], azureAnswer({ text: ["half", " more"] })));
    assert.equal(codeOf(outcome), "provider_unavailable");
    assert.equal(textOf(outcome), "half");
    assert.deepEqual(usageOf(outcome), { inputTokens: 7, outputTokens: 300 });
  });
});

/** How vendors report a failure in the middle of an answer. */
const failures: readonly (readonly [vendor: string, frame: object, code: string])[] = [
  [
    "OpenRouter",
    { error: { code: 429, message: "x" }, choices: [{ index: 0, delta: { content: "" }, finish_reason: "error" }] },
    "provider_rate_limited",
  ],
  [
    "OpenRouter, in the choice",
    { choices: [{ index: 0, delta: {}, finish_reason: "error", error: { code: 529 } }] },
    "provider_overloaded",
  ],
  [
    "Groq",
    { choices: [{ index: 0, delta: {}, finish_reason: null }], x_groq: { id: "r", error: "over capacity" } },
    "provider_unavailable",
  ],
  ["FastAPI", { detail: "Internal Server Error" }, "provider_unavailable"],
  ["a message alone", { message: "x", status: 500 }, "provider_unavailable"],
  ["a type alone", { type: "error", code: "overloaded" }, "provider_overloaded"],
  ["a text", { error: "x" }, "provider_unavailable"],
  ["a name that every object has", { error: { code: "constructor" } }, "provider_unavailable"],
  ["vLLM", { choices: [{ index: 0, delta: {}, finish_reason: "abort" }] }, "provider_unavailable"],
  ["tool calls, which nobody offered", { choices: [{ delta: {}, finish_reason: "tool_calls" }] }, "upstream_truncated"],
  ["a reason that every object has", { choices: [{ delta: {}, finish_reason: "constructor" }] }, "upstream_truncated"],
];

describe("a failure in the middle keeps the partial answer", () => {
  for (const [vendor, sent, code] of failures) {
    test(vendor, async () => {
      const outcome = await asked(
        endAfter(4, insertAfter(3, [azureFrame(sent)], azureAnswer({ text: ["half", "!"] }))),
      );
      assert.deepEqual([codeOf(outcome), textOf(outcome)], [code, "half"]);
    });
  }

  test("an empty error is none", async () => {
    const empty = [null, "", false].map((error) => azureFrame({ error, choices: [] }));
    assert.equal(finishOf(await asked(insertAfter(3, empty, azureAnswer()))), "stop");
  });

  test("an error or a broken frame after the finish reason takes nothing back", async () => {
    const late = [azureFrame({ error: { code: 500 } }), { send: 'data: {"choi\n\n' }];
    const outcome = await asked(insertAfter(4, late, azureAnswer({ text: "all" })));
    assert.deepEqual([finishOf(outcome), textOf(outcome), usageOf(outcome)?.outputTokens], ["stop", "all", 5]);
  });
});

const frame = (fields: Record<string, unknown>) => azureFrame({ choices: [], ...fields });
const plain = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 };

/** Usage as each vendor reports it: the frames after the finish reason, and the expected usage in our format. */
const vendors: readonly (readonly [
  vendor: string,
  frames: ReturnType<typeof azureFrame>[],
  expected: object | undefined,
])[] = [
  [
    "OpenAI and Azure: reasoning is part of the completion",
    [
      frame({
        usage: {
          prompt_tokens: 20,
          completion_tokens: 309,
          total_tokens: 329,
          prompt_tokens_details: { cached_tokens: 16, audio_tokens: 0 },
          completion_tokens_details: { reasoning_tokens: 256, accepted_prediction_tokens: 0 },
        },
      }),
    ],
    { inputTokens: 20, outputTokens: 309, cachedInputTokens: 16, reasoningTokens: 256 },
  ],
  [
    "GPT-5.6 on Azure, OpenRouter: tokens written to the cache",
    [
      frame({
        usage: {
          prompt_tokens: 8823,
          completion_tokens: 10,
          total_tokens: 8833,
          prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 8820 },
        },
      }),
    ],
    { inputTokens: 8823, outputTokens: 10, cachedInputTokens: 0, cacheWriteInputTokens: 8820 },
  ],
  [
    "Grok: reasoning is counted beside the completion",
    [
      frame({
        usage: {
          prompt_tokens: 12,
          completion_tokens: 1,
          total_tokens: 303,
          completion_tokens_details: { reasoning_tokens: 290 },
        },
      }),
    ],
    { inputTokens: 12, outputTokens: 291, reasoningTokens: 290 },
  ],
  [
    "Grok without a total",
    [
      frame({
        usage: { prompt_tokens: 12, completion_tokens: 1, completion_tokens_details: { reasoning_tokens: 290 } },
      }),
    ],
    { inputTokens: 12, outputTokens: 291, reasoningTokens: 290 },
  ],
  [
    "LiteLLM before Anthropic: tokens written to the cache beside the details",
    [frame({ usage: { ...plain, cache_creation_input_tokens: 9, prompt_tokens_details: { cached_tokens: 1 } } })],
    { inputTokens: 12, outputTokens: 5, cachedInputTokens: 1, cacheWriteInputTokens: 9 },
  ],
  ["Groq: in `x_groq`", [frame({ x_groq: { id: "r", usage: plain } })], { inputTokens: 12, outputTokens: 5 }],
  [
    "Moonshot: in the choice, and cached tokens without details",
    [
      azureFrame({
        choices: [{ index: 0, delta: {}, finish_reason: "stop", usage: { ...plain, cached_tokens: 8 } }],
      }),
    ],
    { inputTokens: 12, outputTokens: 5, cachedInputTokens: 8 },
  ],
  [
    "DeepSeek: hits and misses of the cache",
    [frame({ usage: { ...plain, prompt_cache_hit_tokens: 10, prompt_cache_miss_tokens: 2 } })],
    { inputTokens: 12, outputTokens: 5, cachedInputTokens: 10 },
  ],
  [
    "Mistral: in the frame of the finish reason",
    [azureFrame({ choices: [{ index: 0, delta: { content: "" }, finish_reason: "stop" }], usage: plain })],
    { inputTokens: 12, outputTokens: 5 },
  ],
  [
    "details that are null",
    [frame({ usage: { ...plain, prompt_tokens_details: null, completion_tokens_details: null } })],
    { inputTokens: 12, outputTokens: 5 },
  ],
  [
    "a total that is less than its parts",
    [frame({ usage: { ...plain, total_tokens: 5 } })],
    { inputTokens: 12, outputTokens: 5 },
  ],
  [
    "empty and zero frames after a good one",
    [
      frame({ usage: plain }),
      frame({ usage: {} }),
      frame({ usage: null }),
      frame({ usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } }),
      frame({ usage: { prompt_tokens: 12, completion_tokens: 0 } }),
    ],
    { inputTokens: 12, outputTokens: 5 },
  ],
  [
    "counts that arrive one by one",
    [frame({ usage: { prompt_tokens: 12 } }), frame({ usage: { completion_tokens: 5 } })],
    { inputTokens: 12, outputTokens: 5 },
  ],
  ["zeros alone", [frame({ usage: { prompt_tokens: 0, completion_tokens: 0 } })], undefined],
  ["no counts", [frame({ usage: { prompt_tokens: "12", completion_tokens: null } })], undefined],
];

describe("usage in our terms", () => {
  for (const [vendor, frames, expected] of vendors) {
    test(vendor, async () => {
      const outcome = await asked(insertAfter(4, frames, azureAnswer({ usage: null })));
      assert.equal(finishOf(outcome), "stop");
      assert.deepEqual(usageOf(outcome), expected);
    });
  }
});
