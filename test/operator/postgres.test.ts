// Documents in Postgres in an operator's own project: `npm run ingest` and `npm run start:postgres`, the real commands.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, suite, test } from "node:test";
import { findRandomPort } from "../../scripts/lib/find-port.ts";
import { startPglite, type Pglite } from "../../scripts/lib/postgres/pglite.ts";
import { at } from "../../scripts/lib/root.ts";
import { postgresDocuments } from "../../worker/context/postgres/documents.ts";
import { embeddingsAnswer, jsonAnswer, startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { canary } from "../support/canary.ts";
import { ending, TestVisitor } from "../support/client.ts";
import { OperatorProject } from "../support/operator-project.ts";

let postgres: Pglite;
let upstream: FaultServer;
before(async () => {
  [postgres, upstream] = await Promise.all([startPglite(), startFaultServer()]);
});
after(async () => {
  await postgres[Symbol.asyncDispose]();
  await upstream.close();
});

/** A project whose assistant `help` answers from documents in Postgres. */
async function createProject(): Promise<OperatorProject> {
  const project = await OperatorProject.create();
  const file = "assistants/help/assistant.ts";
  const context = `context: postgresDocuments({
    search: "hybrid",
    embeddings: { connection: connections.foundry, model: "text-embedding-3-small", dimensions: 64 },
  }),`;
  project.edit(file, "  systemPrompt,", `  systemPrompt,\n  ${context}`);
  const imports = `import { postgresDocuments } from "../../worker/context/postgres/documents.ts";
import { connections } from "../connections.ts";`;
  project.edit(file, "import systemPrompt", `${imports}\nimport systemPrompt`);
  project.write("content/install.md", "# Mounting\n\nIntro.\n\n## Tools\n\nYou need a zorkwrench.\n");
  return project;
}

/** What a visitor's question finds. */
async function search(text: string) {
  const connection = { provider: "azure", variables: { endpoint: "ENDPOINT", apiKey: "KEY" } };
  const embeddings = { connection, model: "text-embedding-3-small", dimensions: 64 };
  const env = { HYPERDRIVE: postgres.connectionString, ENDPOINT: `${upstream.url}/openai/v1`, KEY: "k" };
  const source = postgresDocuments({ search: "vector", embeddings, minSimilarity: 0.3 }).open({
    assistant: "help",
    env,
  });
  const query = { text, question: text, conversation: [] };
  return source.search(query, { maxResults: 5, maxTokens: 2400 }, new AbortController().signal);
}

suite("npm run ingest", () => {
  test("fills Postgres, says what the embeddings cost, and pays nothing for what has not changed", async () => {
    await using project = await createProject();
    const variables = [
      `AZURE_AI_ENDPOINT=${upstream.url}/openai/v1`,
      `AZURE_AI_API_KEY=${canary}`,
      `HYPERDRIVE=${postgres.connectionString}`,
    ];
    project.write(".dev.vars", `${variables.join("\n")}\n`);
    upstream.script(({ json }) => embeddingsAnswer(json, { tokens: 1_000_000 }));
    const dry = await project.run("ingest", "help", "content", "--url", "/docs", "--dry-run");
    assert.equal(dry.exitCode, 0, dry.output);
    assert.equal(upstream.requests.length, 0, "a dry run pays nothing");

    const first = await project.run("ingest", "help", "content", "--url", "/docs");
    assert.equal(first.exitCode, 0, first.output);
    assert.match(first.output, /^new {8}content\/install\.md \(2 passages\)$/m);
    assert.match(first.output, /^Embeddings: 1,000,000 tokens, \$0\.02\.$/m);
    assert.ok(!first.output.includes(canary));
    const sent = upstream.requests.length;
    const [tool] = await search("zorkwrench");
    assert.deepEqual(
      [tool?.title, tool?.url, tool?.content],
      ["Mounting › Tools", "/docs/install#tools", "You need a zorkwrench."],
    );

    upstream.reset();
    const second = await project.run(
      "ingest",
      "help",
      "content",
      "--url",
      "/docs",
      "--postgres",
      postgres.connectionString,
    );
    assert.equal(second.exitCode, 0, second.output);
    assert.doesNotMatch(second.output, /Embeddings/);
    assert.deepEqual([sent > 0, upstream.requests.length], [true, 0]);
    project.remove("content/install.md");
    project.write("content/b.md", "Text.");
    const third = await project.run("ingest", "help", "content");
    assert.match(third.output, /^removed {4}content\/install\.md$/m);
  });

  test("mistakes are one sentence", async () => {
    const troubleshooting = readFileSync(at("docs/troubleshooting.md"), "utf8");
    await using project = await createProject();
    upstream.script(() => jsonAnswer(401, { error: { code: "invalid_api_key", message: canary } }));
    const key = `AZURE_AI_ENDPOINT=${upstream.url}/openai/v1\nAZURE_AI_API_KEY=${canary}\n`;
    const again = " Run the command again: it continues where it stopped.";
    const { connectionString } = postgres;
    const mistakes: [variables: string, args: string[], sentence: string][] = [
      [
        key,
        ["help", "content"],
        "Where is Postgres? Set HYPERDRIVE to its connection string, in the environment or in .dev.vars, or write --postgres <connection string>.",
      ],
      [
        "",
        ["help", "content", "--postgres", connectionString],
        "AZURE_AI_ENDPOINT: set it to a URL; AZURE_AI_API_KEY: set it, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
      ],
      [
        key,
        ["help", "content", "--postgres", `postgres://a:b@127.0.0.1:${await findRandomPort()}/c`],
        "Postgres cannot be reached, or the connection broke.",
      ],
      [
        key,
        ["help", "content", "--postgres", connectionString],
        `The embeddings server answered with status 401 (invalid_api_key).${again}`,
      ],
      [
        key,
        ["help", "content", "--remote"],
        "--remote and --persist-to are for D1: name a Postgres database with --postgres.",
      ],
    ];
    for (const [variables, args, sentence] of mistakes) {
      project.write(".dev.vars", variables);
      const { output, exitCode } = await project.run("ingest", ...args);
      assert.ok(output.split("\n").includes(sentence), `${sentence}\nwas not printed:\n${output}`);
      assert.doesNotMatch(output, /^\s+at /m, "a stack");
      assert.ok(!output.includes(canary));
      assert.equal(exitCode, 1, output);
      const documented = sentence.replace(again, "");
      assert.ok(troubleshooting.includes(documented), `docs/troubleshooting.md does not have it: ${documented}`);
    }
  });
});

test("npm run start:postgres: the demo's assistant answers from Postgres, without a key and without a database", async () => {
  await using project = await OperatorProject.create();
  project.write(
    "assistants/index.ts",
    `import { defineProject } from "../worker/assistants/project.ts";
import { connections } from "./connections.ts";
import { handbook } from "./handbook/assistant.ts";

export const project = defineProject({ connections, assistants: { handbook } });
`,
  );
  // Gives a search the time that it needs on a busy machine.
  const handbook = "assistants/handbook/assistant.ts";
  project.edit(handbook, "documents(),", "{ sources: [documents()], timeLimitMs: 60_000 },");
  project.shareBuild();
  const port = String(await findRandomPort());
  await using running = project.start("start-postgres", "--port", port);
  const url = `http://127.0.0.1:${port}`;
  await running.printed(`Open ${url}`);
  const visitor = await TestVisitor.arrive(url, "handbook", url);
  const last = ending(await visitor.ask("The light blinks red. What does E21 mean?"));
  assert.ok(last.type === "response");
  assert.ok(
    last.sources.some(({ url: source }) => source?.startsWith("/faults#")),
    JSON.stringify(last.sources),
  );
  assert.deepEqual(running.output().match(/context_failed.*/), null);
});
