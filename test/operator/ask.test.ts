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

test("an assistant with documents answers from them, and its sources are named", async () => {
  await using project = await OperatorProject.create();
  const file = "assistants/help/assistant.ts";
  project.edit(file, "  systemPrompt,", "  systemPrompt,\n  context: documents(),");
  const imported = 'import { documents } from "../../worker/context/full-text/documents.ts";\n';
  project.edit(file, "import systemPrompt", `${imported}import systemPrompt`);
  project.write("content/kettle.md", "# Kettles\n\nThe zorkwrench opens every kettle.\n");
  const ask = (question: string) => project.run("ask", "help", question, "--show-prompt");
  const before = await ask("What does the zorkwrench open?");
  assert.match(before.output, /^documents: The database has no tables .* npm run ingest -- help <folder>$/m);
  assert.equal((await project.run("ingest", "help", "content", "--url", "/")).exitCode, 0);
  const { output, exitCode } = await ask("What does the zorkwrench open?");
  assert.equal(exitCode, 0, output);
  assert.match(output, /"type": "search_result"[^]*"text": "The zorkwrench opens every kettle\."/);
  assert.match(output, /^\[1\] Kettles \(\/kettle.*\)$/m);
  assert.match((await ask("Who won the football game?")).output, /^No passage of the documents fits the question\.$/m);
});
