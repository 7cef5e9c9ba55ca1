// Which models are known not to think. A stopped turn of such a model costs what was seen of it. Any other model may
// have thought unseen, so a stopped turn whose usage was not reported costs the whole reservation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseThinking, type ThinkingSettings } from "../../../worker/models/thinking.ts";
import { thinkingCapabilitiesOf } from "../../../worker/models/thinking-models.ts";

function isOff(provider: string, baseModel: string, settings: ThinkingSettings = {}, override = {}): boolean {
  return chooseThinking(thinkingCapabilitiesOf(provider, baseModel, override), settings, false).isOff;
}

const models = {
  anthropic: {
    off: [
      ...["claude-3-haiku-20240307", "claude-3-7-sonnet-latest", "claude-instant-1.2", "claude-sonnet-4-20250514"],
      ...["claude-opus-4-0", "claude-opus-4-1", "claude-sonnet-4-6", "anthropic/claude-sonnet-4.6", "claude-opus-4-7"],
      ...["claude-opus-4-8", "claude-haiku-4-5@20251001", "claude-haiku-5-5", "claude-opus-5", "claude-sonnet-5"],
    ],
    maybe: [
      ...["claude-opus-5-5", "claude-sonnet-5-5", "claude-fable-5-2", "claude-mythos-5-2", "claude-opus-40"],
      ...["claude-opus-4-9", "claude-next"],
    ],
  },
  azure: {
    off: [
      ...["gpt-35-turbo", "gpt-4-turbo", "gpt-4o", "gpt-4o-2024-11-20", "gpt-4o-audio-preview", "gpt-4.1-mini"],
      ...["gpt-5-chat", "gpt-5.4-mini", "Mistral-Large-3", "Phi-4", "DeepSeek-V3-0324"],
      ...["meta-llama/Llama-3.3-70B-Instruct", "grok-4-1-fast-non-reasoning"],
    ],
    maybe: [
      ...["o1", "o3-mini", "o4-mini", "gpt-5", "gpt-5-mini", "gpt-5.1-chat", "gpt-oss-120b", "codex-mini"],
      ...["model-router", "DeepSeek-R1", "DeepSeek-V4", "grok-4", "grok-4-1-fast-reasoning", "Phi-4-reasoning"],
      ...["magistral-medium", "my-deployment", "llama-5-reasoning", "qwen3-235b", "kimi-k2-thinking"],
    ],
  },
};

test("by default a model may think, unless it is known not to or the request switches it off", () => {
  for (const [provider, { off, maybe }] of Object.entries(models)) {
    for (const baseModel of off) assert.equal(isOff(provider, baseModel), true, baseModel);
    for (const baseModel of maybe) assert.equal(isOff(provider, baseModel), false, baseModel);
  }
  assert.equal(isOff("another", "gpt-4o"), false);
});

test("an assistant's settings count", () => {
  for (const baseModel of ["claude-sonnet-4-6", "claude-opus-4-8", "claude-haiku-5-5"]) {
    assert.equal(isOff("anthropic", baseModel, { thinking: "on" }), false, baseModel);
    assert.equal(isOff("anthropic", baseModel, { effort: "low" }), false, baseModel);
    assert.equal(isOff("anthropic", baseModel, { effort: "low", thinking: "off" }), true, baseModel);
  }
  assert.equal(isOff("azure", "gpt-5.4-mini", { effort: "low" }), false);
  assert.equal(isOff("azure", "mistral-large-3", {}, { efforts: ["low"] }), false);
  assert.equal(isOff("azure", "brand-new-1", {}, { thinking: ["on", "off"] }), true);
});
