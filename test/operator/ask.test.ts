// `npm run ask` in an operator's own project, while the stand-in answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { OperatorProject } from "../support/operator-project.ts";

test("the request that is shown goes to the API of the documented endpoint", async () => {
  await using project = await OperatorProject.create();
  const { output, exitCode } = await project.run("ask", "desk", "Hello?", "--show-prompt");
  assert.equal(exitCode, 0, output);
  assert.match(output, /^POST http:\/\/127\.0\.0\.1:\d+\/openai\/v1\/chat\/completions$/m);
});

test("the stand-in names no variable of another connection", async () => {
  await using project = await OperatorProject.create();
  project.edit(
    "assistants/connections.ts",
    "  foundry: {",
    `  claudeOnFoundry: {
    provider: "anthropic",
    variables: { baseUrl: "AZURE_CLAUDE_URL", apiKey: "AZURE_CLAUDE_API_KEY" },
  },
  foundry: {`,
  );
  project.edit("assistants/help/assistant.ts", '"anthropic"', '"claudeOnFoundry"');
  project.edit("assistants/help/assistant.ts", '"claude-sonnet-5-5"', '"our-claude", baseModel: "claude-sonnet-5-5"');
  const { output, exitCode } = await project.run("ask", "help", "Who won the game?");
  assert.equal(exitCode, 0, output);
  assert.match(output, /edit \.dev\.vars\. AZURE_CLAUDE_API_KEY: set it/);
  assert.match(output, /I am only a \*\*stand-in\*\*/);
  assert.doesNotMatch(output, /AZURE_AI_|ANTHROPIC_API_KEY/);
});
