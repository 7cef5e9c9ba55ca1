// `npm run ask` in an operator's own project without API keys, where the local stand-in answers instead of a model.
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

test("documents are searched as the worker does it, and the sources are listed", async () => {
  await using project = await OperatorProject.createWithDocuments();
  const word = `zork${crypto.randomUUID().slice(0, 8).replaceAll(/\d/g, "x")}`;
  project.write("content/tools.md", `# Tools\n\n## Wrench\n\nThe ${word} tightens the rails of the kit.\n`);
  const state = ["--persist-to", "other"];
  const ingested = await project.run("ingest", "help", "content", "--url", "/docs", ...state);
  assert.equal(ingested.exitCode, 0, ingested.output);
  const question = `What does the ${word} tighten?`;

  const found = await project.run("ask", "help", question, "--show-prompt", ...state);
  assert.equal(found.exitCode, 0, found.output);
  const [request = "", answer = ""] = found.output.split(/^\}\n/m);
  assert.ok(request.includes(`The ${word} tightens the rails`), found.output);
  assert.ok(answer.includes(`${word} tightens the rails of the kit.[1]`), found.output);
  assert.match(answer, /^\[1\] {6}1\.00 {4}Tools › Wrench {3}\/docs\/tools#wrench$/m);

  const nothing = await project.run("ask", "help", "Who won the football world cup?", ...state);
  assert.equal(nothing.exitCode, 0, nothing.output);
  assert.match(nothing.output, /^No passage of the sources fits the question\.$/m);

  project.edit("assistants/help/assistant.ts", "[documents()]", '[documents()], whenNothingFound: "refuse"');
  const elsewhere = await project.run("ask", "help", question);
  assert.equal(elsewhere.exitCode, 0, elsewhere.output);
  assert.match(elsewhere.output, /documents could not be searched\. .*npm run ingest -- help/);
  assert.match(elsewhere.output, /^No source could be searched\. So visitors read this/m);
});
