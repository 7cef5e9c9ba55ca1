// Makes an operator's mistakes in a copy of the project, with the real commands, and compares what they print with the
// sentences in docs/troubleshooting.md.
import assert from "node:assert/strict";
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { at } from "../../scripts/lib/root.ts";
import { OperatorProject, type CommandResult } from "../support/operator-project.ts";

const documented = readFileSync(at("docs/troubleshooting.md"), "utf8");

interface Mistake {
  name: string;
  make?: (project: OperatorProject) => void;
  /** The command that reports it. */
  run: (project: OperatorProject) => Promise<CommandResult>;
  /** A line that it prints. */
  sentence: string;
  exitCode?: number;
  /** What it must not print: a key. */
  hides?: string;
  /** Mistakes of the same group do not hide each other: they are made in one project, and one command reports them. */
  group?: number;
}

const help = "assistants/help/assistant.ts";
const desk = "assistants/desk/assistant.ts";
const index = "assistants/index.ts";
const connections = "assistants/connections.ts";
const usage = 'Usage: npm run --silent ask -- <assistant> "question" [--show-prompt] [--persist-to <folder>]';
const build = (project: OperatorProject) => project.run("build");
const askHelp = (project: OperatorProject) => project.run("ask", "help", "Hello?");
const askDesk = (project: OperatorProject) => project.run("ask", "desk", "Hello?");
/** The cheapest command that prints warnings. */
const askNothing = (project: OperatorProject) => project.run("ask");
const deploy = (project: OperatorProject) => project.wrangler("deploy", "--dry-run");

const mistakes: Mistake[] = [
  {
    name: "the name of a Markdown file is misspelt",
    make: (project) => project.edit(help, "./system.md", "./sytem.md"),
    run: build,
    sentence: `${help}: it imports assistants/help/sytem.md, which does not exist: did you mean system.md?`,
  },
  {
    name: "a Markdown file is missing",
    make: (project) => project.remove("assistants/help/system.md"),
    run: build,
    sentence: `${help}: it imports assistants/help/system.md, which does not exist: create the file, or correct the import.`,
  },
  {
    name: "a syntax error",
    make: (project) => project.edit(help, 'title: "Help",', 'title: "Help"'),
    run: build,
    sentence: `${help}:6: it cannot be read: Expected ',', got a name. Correct this line, or the one before it.`,
  },
  {
    name: "a name is declared twice",
    make: (project) => project.edit(help, "export const help", "const help = 1;\nexport const help"),
    run: build,
    sentence:
      "assistants/: a file cannot be read: Identifier 'help' has already been declared. `npx tsc -p worker` names the file and the line.",
  },
  {
    name: "an assistant's file exports another name",
    make: (project) => {
      project.edit(help, "export const help", "export const helper");
      project.remove(".wrangler/compiled"); // Node does not name the line of a module that it has compiled before
    },
    run: build,
    sentence: `${index}:4: it imports help, which ./help/assistant.ts does not export: use the same name in both files.`,
  },
  {
    name: "a package is not installed",
    make: (project) => project.edit(help, "import systemPrompt", 'import "left-pad";\nimport systemPrompt'),
    run: build,
    sentence: `${help}: it imports the package left-pad, which is not installed: run \`npm install left-pad\`, or remove the import.`,
  },
  {
    name: "an assistant's code fails",
    make: (project) => project.edit(help, '"claude-sonnet-5-5"', "process.env.MODELS.help"),
    run: build,
    sentence: `${help}:7: it fails: Cannot read properties of undefined (reading 'help'). Correct this line.`,
  },
  {
    name: "the index exports no project",
    make: (project) => project.edit(index, "export const project", "export const projects"),
    run: build,
    sentence: `${index}: it exports no project: write \`export const project = defineProject({ … })\`.`,
  },
  {
    name: "the index lists no assistants",
    make: (project) => project.edit(index, "assistants: { help, desk }", "help, desk"),
    run: build,
    sentence: `${index}: assistants is missing: list the assistants, as in \`assistants: { help }\`.`,
  },
  {
    name: "a property is misspelt",
    make: (project) => project.edit(help, "  systemPrompt,", '  systemPrompt,\n  taglin: "Ask us",'),
    run: build,
    group: 5,
    sentence: `${help}: taglin is "Ask us": there is no such property: did you mean tagline?`,
  },
  {
    name: "the text that visitors agree to is empty",
    make: (project) => project.edit(help, '  title: "Help",', '  title: "Help",\n  consent: "",'),
    run: build,
    sentence: `${help}: consent is "": write what visitors agree to, or leave it out: then they are not asked.`,
  },
  {
    name: "a connection that is not declared",
    make: (project) => project.edit(help, '"anthropic"', '"antropic"'),
    run: build,
    sentence: `${help}: connection is "antropic": assistants/connections.ts declares anthropic, foundry: write one of these, or declare it there.`,
  },
  {
    name: "an origin with a path",
    make: (project) => project.edit(help, "https://www.example.com", "https://www.example.com/shop"),
    run: build,
    group: 5,
    sentence: `${help}: origins.0 is "https://www.example.com/shop": write only scheme, host and port, as in https://www.example.com.`,
  },
  {
    name: "unanswered questions without a source that is searched",
    make: (project) =>
      project.edit(help, "  systemPrompt,", '  context: { sources: ["Open from 9 to 5."], keepUnanswered: true },'),
    run: build,
    sentence: `${help}: context.keepUnanswered is true: no source is searched, so no question counts as unanswered: add a source, as in [documents()].`,
  },
  {
    name: "a connection's field is misspelt",
    make: (project) => project.edit("assistants/connections.ts", "baseUrl:", "baseURL:"),
    run: build,
    group: 5,
    sentence:
      'assistants/connections.ts: anthropic.variables.baseURL is "ANTHROPIC_BASE_URL": there is no such field: did you mean baseUrl?',
  },
  {
    name: "a budget without its unit",
    make: (project) => project.edit(help, "  systemPrompt,", "  systemPrompt,\n  budget: 5,"),
    run: build,
    group: 5,
    sentence: `${help}: budget is 5: write its properties in braces, as in { usdPerDay: 5 }.`,
  },
  {
    name: "a budget whose share is smaller than one turn",
    make: (project) => project.edit(help, "  systemPrompt,", "  budget: { usdPerDay: 0.05 },"),
    run: askNothing,
    group: 2,
    sentence: `Warning: ${help}: budget.usdPerDay is 0.05: visitorShare leaves $0.005 of it, but one turn can cost $0.01, so every question is refused: raise it, or lower maxCompletionTokens or effort.`,
  },
  {
    name: "thinking as true",
    make: (project) => project.edit(help, "  systemPrompt,", "  systemPrompt,\n  thinking: true,"),
    run: build,
    group: 5,
    sentence: `${help}: thinking is true: write "on", "off" or "between_tools".`,
  },
  {
    name: "a key in connections.ts",
    make: (project) => project.edit(connections, '"ANTHROPIC_API_KEY"', '"sk-ant-api03-0123456789"'),
    run: askHelp,
    group: 6,
    sentence: `${connections}: anthropic.variables.apiKey is not the name of a variable: write a name here, as in ANTHROPIC_API_KEY, and the value in .dev.vars.`,
    hides: "sk-ant",
  },
  {
    name: "a connection without variables",
    make: (project) =>
      project.edit(connections, "anthropic: {", 'other: { provider: "anthropic" } as never,\n  anthropic: {'),
    run: askHelp,
    group: 6,
    sentence: `${connections}: other.variables is missing: name the variables that hold its settings, as in { apiKey: "ANTHROPIC_API_KEY" }.`,
  },
  {
    name: "the assistants are a list",
    make: (project) => project.edit(index, "{ help, desk }", "[help, desk] as never"),
    run: askHelp,
    sentence: `${index}: assistants is a list: name each assistant, as in \`assistants: { help }\`.`,
  },
  {
    name: "there is no index",
    make: (project) => project.remove(index),
    run: askHelp,
    sentence: `${index} does not exist: create it, as docs/configuration.md shows.`,
  },
  {
    name: "a placeholder is misspelt",
    make: (project) =>
      project.edit(help, "  systemPrompt,", '  systemPrompt,\n  promptTemplate: "@@contex\\n@@userPrompt",'),
    run: askNothing,
    group: 1,
    sentence: `Warning: ${help}: promptTemplate is "@@contex\\n@@userPrompt": @@contex is not a placeholder and reaches the model unchanged: did you mean @@context?`,
  },
  {
    name: "a limit of 0",
    make: (project) => project.edit(help, "  systemPrompt,", "  systemPrompt,\n  limits: { turnsPerDay: 0 },"),
    run: askNothing,
    group: 1,
    sentence: `Warning: ${help}: limits.turnsPerDay is 0: nobody can ask a question: raise it, or leave it out.`,
  },
  {
    name: "a misspelt model",
    make: (project) => project.edit(help, '"claude-sonnet-5-5"', '"claude-sonet-5-5"'),
    run: askNothing,
    group: 4,
    sentence: `Warning: ${help}: model is "claude-sonet-5-5": no model of this name is known: did you mean claude-sonnet-5-5?`,
  },
  {
    name: "a deployment's name does not say which model it is",
    make: (project) => project.edit(desk, '  baseModel: "gpt-5-mini",\n', ""),
    run: askNothing,
    group: 1,
    sentence: `Warning: ${desk}: model is "our-deployment": no model of this name is known: set \`baseModel\` to the model behind the deployment.`,
  },
  {
    name: "a folder that is not in the index",
    make: (project) => project.copy("assistants/help", "assistants/sales"),
    run: askNothing,
    group: 1,
    sentence: `Warning: assistants/sales is not in ${index}: import its assistant there and add it to \`assistants\`.`,
  },
  {
    name: "an id that has no folder",
    make: (project) => project.edit(index, "{ help, desk }", "{ sales: help, desk }"),
    run: askNothing,
    group: 3,
    sentence: `Warning: ${index}: the assistant sales has no folder assistants/sales: give both the same name.`,
  },
  {
    name: "every origin is on this machine",
    make: (project) => project.edit(help, "https://www.example.com", "http://localhost:*"),
    run: askNothing,
    group: 1,
    sentence: `Warning: ${help}: origins is ["http://localhost:*"]: no page of a website may use the assistant: add your site, as in https://www.example.com.`,
  },
  {
    name: "ask without a question",
    run: (project) => project.run("ask", "help"),
    sentence: usage,
  },
  {
    name: "ask for help",
    run: (project) => project.run("ask", "--help"),
    sentence: usage,
    exitCode: 0,
  },
  {
    name: "start for help",
    run: (project) => project.run("start", "--help"),
    sentence: "Usage: npm start -- [--port <number>] [other options of `wrangler dev`]",
    exitCode: 0,
  },
  {
    name: "an option that ask does not have",
    run: (project) => project.run("ask", "help", "--show", "Hello?"),
    sentence: "There is no option --show.",
  },
  {
    name: "ask for an assistant that does not exist",
    run: (project) => project.run("ask", "sales", "Hello?"),
    sentence: `There is no assistant sales in ${index}. The available assistants are help, desk.`,
  },
  {
    name: "an API that Azure does not have",
    make: (project) => project.write(".dev.vars", azure({ AZURE_AI_API: "v2" })),
    run: askDesk,
    sentence: ".dev.vars: AZURE_AI_API: set it to models, deployments or v1, or leave it out.",
  },
  {
    name: "an Azure endpoint without its path",
    make: (project) => project.write(".dev.vars", azure({ AZURE_AI_ENDPOINT: "https://gateway.example.com/" })),
    run: (project) => project.run("start"),
    sentence:
      ".dev.vars: AZURE_AI_ENDPOINT: end it with /openai/v1, /openai/deployments/<name> or /models, or set AZURE_AI_API to v1, deployments or models.",
  },
  {
    name: "an Azure key without its endpoint",
    make: (project) => project.write(".dev.vars", "AZURE_AI_API_KEY=0123456789\n"),
    run: askDesk,
    sentence: ".dev.vars: AZURE_AI_ENDPOINT: set it to a URL.",
  },
  {
    name: "an Azure endpoint without a key",
    make: (project) => project.write(".dev.vars", azure({ AZURE_AI_API_KEY: "" })),
    run: askDesk,
    sentence: ".dev.vars: AZURE_AI_API_KEY: set it, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.",
  },
  {
    name: "a part of what Entra ID needs",
    make: (project) =>
      project.write(".dev.vars", azure({ AZURE_AI_API_KEY: "", AZURE_TENANT_ID: "1", AZURE_CLIENT_ID: "2" })),
    run: askDesk,
    sentence:
      ".dev.vars: AZURE_CLIENT_SECRET: set it: Entra ID needs AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET together.",
  },
  {
    name: "a key in quotation marks from a text",
    make: (project) => project.write(".dev.vars", "ANTHROPIC_API_KEY=“sk-0123456789”\n"),
    run: askHelp,
    sentence: ".dev.vars: ANTHROPIC_API_KEY: use only ASCII characters, without spaces or line breaks.",
  },
  {
    name: "the same in .env",
    make: (project) => project.write(".env", "ANTHROPIC_API_KEY=sk 0123456789\n"),
    run: askHelp,
    sentence: ".env: ANTHROPIC_API_KEY: use only ASCII characters, without spaces or line breaks.",
  },
  {
    name: "a misspelt variable",
    make: (project) => project.write(".dev.vars", "ANTROPIC_API_KEY=sk-0123456789\n"),
    run: askNothing,
    group: 2,
    sentence: "Warning: .dev.vars: nothing reads ANTROPIC_API_KEY: did you mean ANTHROPIC_API_KEY?",
  },
  {
    name: "a variable that is written like YAML",
    make: (project) => project.write(".dev.vars", "ANTHROPIC_API_KEY: sk-0123456789\n"),
    run: askNothing,
    group: 3,
    sentence: "Warning: .dev.vars: ANTHROPIC_API_KEY is not read: write NAME=value on one line.",
  },
  {
    name: "a secret that is too short",
    make: (project) => project.write(".dev.vars", "OPERATOR_SECRET=guess-me\n"),
    run: (project) => project.run("start"),
    sentence: ".dev.vars: OPERATOR_SECRET: it has 8 characters. Set it to 32 random characters or more.",
  },
  {
    name: "a duration that is not a number",
    make: (project) => project.write(".dev.vars", "GRACE_MS=1m\n"),
    run: (project) => project.run("worker", "--assets", "docs"),
    sentence: ".dev.vars: GRACE_MS: write a number of milliseconds, 1 or more.",
  },
  {
    name: ".dev.vars in UTF-16, as some editors and shells write it",
    make: (project) => {
      const bytes = Buffer.from("\ufeffANTHROPIC_API_KEY=sk-0123456789\r\n", "utf16le");
      writeFileSync(join(project.folder, ".dev.vars"), bytes);
    },
    run: askNothing,
    group: 4,
    sentence: "Warning: .dev.vars is not saved as UTF-8, so it is not read: save it again with this encoding.",
  },
  {
    name: "an option that wrangler does not have",
    run: (project) => project.run("worker", "--assets", "docs", "--prot", "8790"),
    sentence: "The worker did not start: wrangler has ended. See wrangler's message above.",
  },
  {
    name: "deploying without building",
    run: deploy,
    sentence: "dist/widget does not exist: run `npm run build`, then deploy again.",
  },
  {
    name: "developmentOnly is left in",
    make: (project) => {
      project.edit(help, '  title: "Help",', '  title: "Help",\n  developmentOnly: true,');
      project.write("dist/widget/_headers", "");
    },
    run: deploy,
    group: 7,
    sentence: "Assistants in the deployment: desk. Not deployed, because their files say `developmentOnly`: help.",
    exitCode: 0,
  },
  {
    name: "deploying an old build",
    make: (project) => {
      project.write("dist/widget/_headers", "");
      utimesSync(join(project.folder, "dist/widget/_headers"), 0, 0);
    },
    run: deploy,
    group: 7,
    sentence: "Warning: dist/widget is older than its sources: run `npm run build`, then deploy again.",
    exitCode: 0,
  },
  {
    name: "deploying an assistant whose disclosure is emptied",
    make: (project) => {
      project.edit(help, '  title: "Help",', '  title: "Help",\n  disclosure: " ",');
      project.write("dist/widget/_headers", "");
    },
    run: deploy,
    sentence: `${help}: disclosure is "": write text that says that visitors are chatting with an AI, or leave it out for the default: Article 50 of the EU AI Act requires that they be told (this is not legal advice).`,
  },
];

/** The variables of a complete connection to Azure, with some of them changed. */
function azure(changes: Record<string, string>): string {
  const all = { AZURE_AI_ENDPOINT: "https://example.openai.azure.com", AZURE_AI_API_KEY: "0123456789", ...changes };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

const reports = new Map<number, Promise<CommandResult>>();

/** What the command prints about a mistake. */
function reportOn(mistake: Mistake): Promise<CommandResult> {
  const { group } = mistake;
  if (group === undefined) return makeAll([mistake], mistake.run);
  const known =
    reports.get(group) ??
    makeAll(
      mistakes.filter((other) => other.group === group),
      mistake.run,
    );
  reports.set(group, known);
  return known;
}

async function makeAll(made: readonly Mistake[], run: Mistake["run"]): Promise<CommandResult> {
  await using project = await OperatorProject.create();
  for (const { make } of made) make?.(project);
  return await run(project);
}

await suite("each mistake is answered with one sentence", { concurrency: 2 }, () => {
  for (const mistake of mistakes) {
    const { name, sentence, exitCode = 1, hides } = mistake;
    test(name, async () => {
      const { output, exitCode: actual } = await reportOn(mistake);
      const lines = output.split("\n").map((line) => line.trim());
      const isPrinted = lines.some((line) => line === sentence || line === `[custom build] ${sentence}`);
      assert.ok(isPrinted, `${sentence}\nwas not printed:\n${output}`);
      assert.doesNotMatch(
        output,
        /^\s+at (?!.*(?:wrangler-dist|node:internal))/m,
        "a stack, other than wrangler's own",
      );
      if (hides !== undefined) assert.ok(!output.includes(hides), "a key");
      assert.equal(actual, exitCode, output);
      assert.ok(documented.includes(sentence), `docs/troubleshooting.md does not have it: ${sentence}`);
    });
  }
});
