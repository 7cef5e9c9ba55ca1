import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isKnownModel, modelNames } from "../../../worker/models/known-models.ts";
import { nearNames } from "../../../worker/models/near-names.ts";

test("every model that Anthropic's SDK names is known", () => {
  const types = fileURLToPath(import.meta.resolve("@anthropic-ai/sdk/resources/messages/messages")).replace(
    /m?js$/,
    "d.ts",
  );
  const names = [...readFileSync(types, "utf8").matchAll(/'(claude-[\w.-]+)'/g)].map(([, name = ""]) => name);
  assert.ok(names.length > 10, String(names));
  assert.deepEqual(
    names.filter((name) => !isKnownModel("anthropic", name)),
    [],
  );
});

test("versions and other vendors' families are known, and what is only like a name is not", () => {
  for (const name of [
    "gpt-4.1-mini-2025-04-14",
    "GPT-5.2-chat",
    "o3-mini-2025-01-31",
    "Mistral-Large-2411",
    "openai/gpt-4o",
  ])
    assert.ok(isKnownModel("azure", name), name);
  for (const name of ["gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna"]) assert.ok(isKnownModel("azure", name), name);
  assert.ok(isKnownModel("anthropic", "claude-3-5-sonnet-latest"));
  for (const name of ["gpt-5-mni", "gpt5", "help-desk", "gpt-5.9"]) assert.ok(!isKnownModel("azure", name), name);
  for (const name of ["claude-sonnet", "claude-sonnet-5-6", "sonnet-5", ""])
    assert.ok(!isKnownModel("anthropic", name), name);
});

test("each name is found with any one letter missing, doubled or wrong", () => {
  for (const adapter of ["anthropic", "azure"]) {
    const names = modelNames(adapter).filter((name) => name.length >= 5);
    for (const name of names) {
      for (let at = 0; at < name.length; at += 1) {
        const [before, letter, after] = [name.slice(0, at), name.slice(at, at + 1), name.slice(at + 1)];
        for (const misspelt of [before + after, before + letter + letter + after, `${before}_${after}`]) {
          const near = nearNames(misspelt, names);
          assert.ok(near.length > 0, `${misspelt} is near ${name}`);
          assert.ok(
            near.includes(name) || near.includes(misspelt) || near.length === 3,
            `${misspelt}: ${near.join(", ")}`,
          );
        }
      }
    }
  }
});

test("what is like no name is near none", () => {
  for (const name of ["help-desk", "our-deployment", "x", ""])
    assert.deepEqual(nearNames(name, modelNames("azure")), []);
});
