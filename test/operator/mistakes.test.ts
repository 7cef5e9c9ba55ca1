// Makes an operator's mistakes in a copy of the project, with the real commands, and compares what they print with the
// sentences in docs/troubleshooting.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { at } from "../../scripts/lib/root.ts";
import { OperatorProject, type CommandResult } from "../support/operator-project.ts";

const documented = readFileSync(at("docs/troubleshooting.md"), "utf8");
const claude = "assistants/claude/assistant.ts";
const build = (project: OperatorProject) => project.run("build");
const ask = (project: OperatorProject) => project.run("ask", "claude", "Hello?");
const askFoundry = (project: OperatorProject) => project.run("ask", "foundry", "Hello?");

interface Mistake {
  name: string;
  make?: (project: OperatorProject) => void;
  /** The command that reports it. Default: `npm run build`. */
  run?: (project: OperatorProject) => Promise<CommandResult>;
  sentence: string;
  exitCode?: number;
}

const mistakes: Mistake[] = [
  {
    name: "the name of a Markdown file is misspelt",
    make: (project) => project.edit(claude, "./system.md", "./sytem.md"),
    sentence: `${claude}: it imports assistants/claude/sytem.md, which does not exist: did you mean system.md?`,
  },
  {
    name: "a Markdown file is missing",
    make: (project) => project.remove("assistants/claude/system.md"),
    sentence: `${claude}: it imports assistants/claude/system.md, which does not exist: create the file, or correct the import.`,
  },
  {
    name: "a syntax error",
    make: (project) => project.edit(claude, 'connection: "anthropic",', 'connection: "anthropic'),
    sentence: `${claude}:18: it cannot be read: Unterminated string constant. Correct this line, or the one before it.`,
  },
  {
    name: "a name is declared twice",
    make: (project) => project.edit(claude, "/** The sample", "const claude = 1;\n/** The sample"),
    sentence: `${claude}:6: it cannot be read: Identifier 'claude' has already been declared. Correct this line, or the one before it.`,
  },
  {
    name: "an assistant's file exports another name",
    make: (project) => project.edit(claude, "export const claude", "export const help"),
    sentence: `assistants/index.ts:2: it imports claude, which ./claude/assistant.ts does not export: use the same name in both files.`,
  },
  {
    name: "a package is not installed",
    make: (project) => project.edit(claude, "import systemPrompt", 'import "left-pad";\nimport systemPrompt'),
    sentence: `${claude}: it imports the package left-pad, which is not installed: run \`npm install left-pad\`, or remove the import.`,
  },
  {
    name: "an assistant's code fails",
    make: (project) => project.edit(claude, '"claude-sonnet-4-6"', "process.env.MODELS.claude"),
    sentence: `${claude}:19: it fails: Cannot read properties of undefined (reading 'claude'). Correct this line.`,
  },
  {
    name: "the index exports no project",
    make: (project) => project.edit("assistants/index.ts", "export const project", "export const projects"),
    sentence: "assistants/index.ts: it exports no project: write `export const project = defineProject({ … })`.",
  },
  {
    name: "the index lists no assistants",
    make: (project) => project.edit("assistants/index.ts", "assistants: { claude, foundry }", "claude, foundry"),
    sentence: "assistants/index.ts: assistants is missing: list the assistants, as in `assistants: { help }`.",
  },
  {
    name: "a property is misspelt",
    make: (project) => project.edit(claude, "  systemPrompt,", "  systemprompt: systemPrompt,"),
    sentence: `${claude}: systemprompt is "You are the assistant on the help pages of Sillwatt, a small company that makes plug-in solar kits for balconies: two pan: there is no such property: did you mean systemPrompt?`,
  },
  {
    name: "a connection's field is misspelt",
    make: (project) => project.edit("assistants/connections.ts", "baseUrl:", "baseURL:"),
    sentence:
      'assistants/connections.ts: anthropic.variables.baseURL is "ANTHROPIC_BASE_URL": there is no such field: did you mean baseUrl?',
  },
  {
    name: "a misspelt model",
    make: (project) => project.edit(claude, '"claude-sonnet-4-6"', '"claude-sonet-4-6"'),
    run: (project) => project.run("ask"),
    sentence: `Warning: ${claude}: model is "claude-sonet-4-6": no model of this name is known: did you mean claude-sonnet-4-6?`,
  },
  {
    name: "a deployment's name does not say which model it is",
    make: (project) => {
      project.edit("assistants/foundry/assistant.ts", 'model: "gpt-5-mini"', 'model: "help-desk"');
      project.edit("assistants/foundry/assistant.ts", '  baseModel: "gpt-5-mini",\n', "");
    },
    run: (project) => project.run("ask"),
    sentence:
      'Warning: assistants/foundry/assistant.ts: model is "help-desk": no model of this name is known: set `baseModel` to the model behind the deployment.',
  },
  {
    name: "a folder that is not in the index",
    make: (project) => project.copy("assistants/claude", "assistants/help"),
    run: (project) => project.run("ask"),
    sentence:
      "Warning: assistants/help is not in assistants/index.ts: import its assistant there and add it to `assistants`.",
  },
  {
    name: "an id that has no folder",
    make: (project) => project.edit("assistants/index.ts", "{ claude, foundry }", "{ help: claude, foundry }"),
    run: (project) => project.run("ask"),
    sentence:
      "Warning: assistants/index.ts: the assistant help has no folder assistants/help: give both the same name.",
  },
  {
    name: "every origin is on this machine",
    make: (project) => project.edit(claude, "  developmentOnly: true,\n", ""),
    run: (project) => project.run("ask"),
    sentence: `Warning: ${claude}: origins is ["http://localhost:*","http://127.0.0.1:*","http://[::1]:*"]: no page of a website may use the assistant: add your site, as in https://www.example.com.`,
  },
  {
    name: "ask without a question",
    run: (project) => project.run("ask", "claude"),
    sentence: 'Usage: npm run --silent ask -- <assistant> "question" [--show-prompt]',
  },
  {
    name: "ask for an assistant that does not exist",
    run: (project) => project.run("ask", "help", "Hello?"),
    sentence: "There is no assistant help in assistants/index.ts. The available assistants are claude, foundry.",
  },
  {
    name: "ask for help",
    run: (project) => project.run("ask", "--help"),
    sentence: 'Usage: npm run --silent ask -- <assistant> "question" [--show-prompt]',
    exitCode: 0,
  },
  {
    name: "an option that ask does not have",
    run: (project) => project.run("ask", "claude", "--show", "Hello?"),
    sentence: "There is no option --show.",
  },
  {
    name: "an API that Azure does not have",
    make: (project) => project.write(".dev.vars", azure({ AZURE_AI_API: "v2" })),
    run: askFoundry,
    sentence: ".dev.vars: AZURE_AI_API: set it to models, deployments or v1, or leave it out.",
  },
  {
    name: "an Azure endpoint without its path",
    make: (project) => project.write(".dev.vars", azure({ AZURE_AI_ENDPOINT: "https://gateway.example.com/" })),
    run: (project) => project.run("start"),
    sentence:
      ".dev.vars: AZURE_AI_ENDPOINT: end it with /models, /openai/deployments/<name> or /openai/v1, or set AZURE_AI_API to models, deployments or v1.",
  },
  {
    name: "an Azure key without its endpoint",
    make: (project) => project.write(".dev.vars", "AZURE_AI_API_KEY=0123456789\n"),
    run: askFoundry,
    sentence: ".dev.vars: AZURE_AI_ENDPOINT: set it to a URL.",
  },
  {
    name: "half of what Entra ID needs",
    make: (project) =>
      project.write(
        ".dev.vars",
        "AZURE_AI_ENDPOINT=https://example.openai.azure.com\nAZURE_TENANT_ID=contoso\nAZURE_CLIENT_ID=1\n",
      ),
    run: askFoundry,
    sentence:
      ".dev.vars: AZURE_CLIENT_SECRET: set it: Entra ID needs AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET together.",
  },
  {
    name: "a key with quotation marks from a text",
    make: (project) => project.write(".dev.vars", "ANTHROPIC_API_KEY=“sk-0123456789”\n"),
    run: ask,
    sentence: ".dev.vars: ANTHROPIC_API_KEY: set it without spaces, line breaks or letters outside ASCII.",
  },
  {
    name: "a misspelt variable",
    make: (project) => project.write(".dev.vars", "ANTROPIC_API_KEY=sk-0123456789\n"),
    run: (project) => project.run("ask"),
    sentence: "Warning: .dev.vars: nothing reads ANTROPIC_API_KEY: did you mean ANTHROPIC_API_KEY?",
  },
  {
    name: "an option that wrangler does not have",
    run: (project) => project.run("worker", "--prot", "8790"),
    sentence: "The worker did not start: wrangler has ended. See wrangler's message above.",
  },
  {
    name: "deploying without building",
    run: (project) => project.wrangler("deploy", "--dry-run"),
    sentence: "dist/widget does not exist: run `npm run build`, then deploy again.",
  },
];

/** The variables of a complete connection to Azure, with one of them changed. */
function azure(changes: Record<string, string>): string {
  const all = { AZURE_AI_ENDPOINT: "https://example.openai.azure.com", AZURE_AI_API_KEY: "0123456789", ...changes };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

await suite("each mistake is answered with one sentence", { concurrency: 2 }, () => {
  for (const { name, make, run = build, sentence, exitCode = 1 } of mistakes) {
    test(name, async () => {
      await using project = await OperatorProject.create();
      make?.(project);
      const result = await run(project);
      const lines = result.output.split("\n").map((line) => line.trim());
      assert.ok(
        lines.some((line) => line.endsWith(sentence)),
        `${sentence}\nwas not printed:\n${result.output}`,
      );
      assert.doesNotMatch(result.output, /^\s+at /m, "a stack");
      assert.equal(result.exitCode, exitCode, result.output);
      assert.ok(documented.includes(sentence), `docs/troubleshooting.md does not have it: ${sentence}`);
    });
  }
});
