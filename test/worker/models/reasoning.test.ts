import assert from "node:assert/strict";
import { test } from "node:test";
import { maxOutputTokensOf, mayReason } from "../../../worker/models/reasoning.ts";

const models = {
  anthropic: {
    plain: ["claude-3-haiku-20240307", "claude-3-7-sonnet-latest", "claude-sonnet-4-20250514", "claude-sonnet-4-6"],
    reasoning: [
      ...["claude-opus-4-7", "claude-opus-4-8", "claude-opus-5", "claude-sonnet-5-5", "claude-haiku-5-5"],
      ...["claude-fable-5-2", "claude-mythos-5-2", "claude-opus-40", "claude-next"],
    ],
  },
  azure: {
    plain: [
      ...["gpt-35-turbo", "gpt-4o", "gpt-4.1-mini", "gpt-5-chat", "Mistral-Large-3", "Phi-4", "DeepSeek-V3-0324"],
      ...["meta-llama/Llama-3.3-70B-Instruct", "grok-4-1-fast-non-reasoning"],
    ],
    reasoning: [
      ...[
        "o1",
        "o3-mini",
        "o4-mini",
        "gpt-5",
        "gpt-5-mini",
        "gpt-5.1-chat",
        "gpt-5.4-mini",
        "gpt-oss-120b",
        "codex-mini",
      ],
      ...["model-router", "DeepSeek-R1", "DeepSeek-V4", "grok-4", "grok-4-1-fast-reasoning", "Phi-4-reasoning"],
      ...["magistral-medium", "my-deployment", "llama-5-reasoning", "qwen3-235b", "kimi-k2-thinking"],
    ],
  },
};

test("every model may reason that is not known not to", () => {
  for (const [provider, { plain, reasoning }] of Object.entries(models)) {
    for (const baseModel of plain) assert.equal(mayReason({ provider, baseModel }), false, baseModel);
    for (const baseModel of reasoning) assert.equal(mayReason({ provider, baseModel }), true, baseModel);
  }
  assert.equal(mayReason({ provider: "anthropic", baseModel: "claude-sonnet-4-6", thinking: { isOn: true } }), true);
  assert.equal(mayReason({ provider: "another", baseModel: "gpt-4o" }), true);
});

test("the most output tokens are the request's maximum, and as much again where reasoning is counted beside it", () => {
  const most = (baseModel: string) => maxOutputTokensOf({ provider: "azure", baseModel, maxCompletionTokens: 1000 });
  assert.deepEqual(["gpt-5", "xai/grok-4", "grok-4-1-fast-non-reasoning"].map(most), [1000, 2000, 1000]);
  assert.equal(maxOutputTokensOf({ provider: "azure", baseModel: "gpt-5" }), 1_000_000);
});
