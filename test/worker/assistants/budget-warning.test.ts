import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { at, root } from "../../../scripts/lib/root.ts";
import { defineAssistant } from "../../../worker/assistants/definition.ts";
import { defineProject } from "../../../worker/assistants/project.ts";

const connections = { anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY" } } };
const common = {
  title: "Help",
  connection: "anthropic",
  model: "claude-sonnet-4-6",
  maxCompletionTokens: 1024,
  origins: ["https://www.example.com"],
};

test("an assistant without a budget is a warning that says what to do", () => {
  const assistants = {
    careful: defineAssistant({ ...common, budget: { usdPerMonth: 50 } }),
    careless: defineAssistant(common),
  };
  const { warnings } = defineProject({ connections, assistants });
  const about = warnings.filter((warning) => warning.includes("budget"));
  assert.equal(about.length, 1);
  assert.match(
    about[0] ?? "",
    /^assistants\/careless\/assistant\.ts: budget is missing: .*: set it, for example to .*\.$/,
  );
});

test("the sample assistants, which operators copy, have a budget", () => {
  const files = globSync("assistants/*/assistant.ts", { cwd: root });
  assert.ok(files.length > 1);
  for (const file of files) assert.match(readFileSync(at(file), "utf8"), /\n {2}budget: \{ usdPerDay: /, file);
});

test("every assistant in the docs has a budget", () => {
  for (const page of ["README.md", "docs/configuration.md"]) {
    const text = readFileSync(at(page), "utf8");
    const examples = text.match(/defineAssistant\(\{[^`]*?\n\}\);/g) ?? [];
    assert.ok(examples.length > 0, page);
    for (const example of examples) assert.match(example, /\n {2}budget: \{ usdPerDay: /, page);
  }
});
