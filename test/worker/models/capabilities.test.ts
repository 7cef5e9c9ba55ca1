import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilitiesOf } from "../../../worker/models/capabilities.ts";

const takesTemperature: Record<string, string[]> = {
  anthropic: [
    "claude-3-haiku-20240307",
    "claude-3-5-sonnet-latest",
    "claude-opus-4-20250514",
    "claude-sonnet-4-5-20250929",
    "claude-haiku-4-5",
    "claude-opus-4-6",
    "anthropic/claude-sonnet-4.6",
  ],
  azure: [
    "gpt-4o",
    "gpt-4.1-mini-2025-04-14",
    "GPT-35-Turbo",
    "gpt-5-chat",
    "Mistral-Large-2411",
    "Meta-Llama-3.3-70B",
    "Phi-4",
  ],
};
const takesNoTemperature: Record<string, string[]> = {
  anthropic: ["claude-opus-4-7", "claude-sonnet-5", "claude-fable-5", "claude-opus-4-60", "future-model"],
  azure: [
    "gpt-5.1-chat",
    "gpt-5.3-chat",
    "o1",
    "o3-mini-2025-01-31",
    "gpt-5",
    "gpt-5-nano",
    "gpt-5.2",
    "gpt-6",
    "model-router",
    "future-model",
  ],
};

for (const adapter of ["anthropic", "azure"]) {
  for (const model of takesTemperature[adapter] ?? []) {
    test(`${adapter}: ${model} takes a temperature`, () =>
      assert.equal(capabilitiesOf(adapter, model).temperature, true));
  }
  for (const model of takesNoTemperature[adapter] ?? []) {
    test(`${adapter}: ${model} takes no temperature`, () =>
      assert.equal(capabilitiesOf(adapter, model).temperature, false));
  }
}

test("the token field is the one that the model accepts", () => {
  assert.equal(capabilitiesOf("azure", "gpt-4o").maxTokensField, "max_tokens");
  assert.equal(capabilitiesOf("azure", "o3").maxTokensField, "max_completion_tokens");
  assert.equal(capabilitiesOf("azure", "gpt-5-chat").maxTokensField, "max_completion_tokens");
});

test("an assistant's own values take precedence, field by field", () => {
  const override = { temperature: true };
  assert.deepEqual(capabilitiesOf("azure", "o3", override), {
    temperature: true,
    maxTokensField: "max_completion_tokens",
  });
  assert.equal(
    capabilitiesOf("azure", "gpt-4o", { maxTokensField: "max_completion_tokens" }).maxTokensField,
    "max_completion_tokens",
  );
});
