// `npm run prove -- peers`: an operator's project with the oldest and with the newest versions of the peer dependencies
// that package.json allows, installed from the registry next to the packed package. Its types are checked, and it
// answers on both providers. npm refuses the project if the ranges contradict each other.
import { spawnSync } from "node:child_process";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPackage } from "../../scripts/lib/build-package.ts";
import { runTool } from "../../scripts/lib/check/step.ts";
import { pack } from "../../scripts/lib/pack.ts";
import { at } from "../../scripts/lib/root.ts";
import { anthropicAnswer, azureAnswer, startFaultServer } from "../fault-server/index.ts";
import { TestVisitor } from "../support/client.ts";
import { makeFolder, removeFolder, startTestWorker } from "../support/worker.ts";

const manifest = JSON.parse(readFileSync(at("package.json"), "utf8")) as { peerDependencies: Record<string, string> };

/** For each end of a version range: the version or range that npm installs. */
const ends: Record<string, (range: string) => string> = {
  oldest: (range) => /\d[\w.-]*/.exec(range)?.[0] ?? range,
  newest: (range) => range,
};

/** A project that uses both providers. */
const entry = `import { createApp, defineAssistant, defineConnections, defineProject } from "rivulet-chat/worker";
import { LedgerObject, VisitorObject } from "rivulet-chat/worker";

const connections = defineConnections({
  anthropic: { provider: "anthropic", variables: { apiKey: "ANTHROPIC_API_KEY", baseUrl: "ANTHROPIC_BASE_URL" } },
  foundry: { provider: "azure", variables: { endpoint: "AZURE_AI_ENDPOINT", apiKey: "AZURE_AI_API_KEY" } },
});
const common = { maxCompletionTokens: 1024, origins: ["http://localhost:3000"] };
const project = defineProject({
  connections,
  assistants: {
    anthropic: defineAssistant({ title: "A", connection: "anthropic", model: "claude-sonnet-5-5", ...common }),
    azure: defineAssistant({ title: "B", connection: "foundry", model: "gpt-5-mini", ...common }),
  },
});

export class Visitor extends VisitorObject {
  override readonly project = project;
}
export { LedgerObject as Ledger };
export default createApp(project);
`;

/** The project's configuration of wrangler, which looks for it beside the entry. */
const wranglerToml = `name = "peers"
compatibility_date = "2026-10-01"
compatibility_flags = ["nodejs_compat", "enable_request_signal"]
durable_objects.bindings = [
  { name = "VISITOR", class_name = "Visitor" },
  { name = "LEDGER", class_name = "Ledger" },
]

[[migrations]]
tag = "v1"
new_sqlite_classes = ["Visitor", "Ledger"]
`;

const tsconfig = {
  extends: at("tsconfig.base.json"),
  compilerOptions: { lib: ["es2024"], types: [at("node_modules/@cloudflare/workers-types")] },
  include: ["entry.ts"],
};

/** @returns the versions that were installed at each end */
export async function prove(): Promise<Record<string, Record<string, string>>> {
  await buildPackage();
  const figures: Record<string, Record<string, string>> = {};
  for (const [end, choose] of Object.entries(ends)) {
    const folder = await makeFolder(`peers-${end}`);
    try {
      figures[end] = install(folder, choose);
      assert.deepEqual(await runTool([at("node_modules/typescript/lib/tsc.js"), "-p", folder]), []);
      await answerOnBothProviders(join(folder, "entry.ts"));
    } finally {
      await removeFolder(folder);
    }
  }
  return figures;
}

function install(folder: string, choose: (range: string) => string): Record<string, string> {
  const { tarball } = pack(folder);
  const peers = Object.entries(manifest.peerDependencies).map(([name, range]) => [name, choose(range)] as const);
  const dependencies = { "rivulet-chat": `file:${tarball}`, ...Object.fromEntries(peers) };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  writeFileSync(join(folder, "wrangler.toml"), wranglerToml);
  writeFileSync(join(folder, "entry.ts"), entry);
  const options = { cwd: folder, shell: true, encoding: "utf8" } as const;
  const { status, stderr } = spawnSync("npm install --ignore-scripts --loglevel=error", options);
  if (status !== 0) throw new Error(stderr);
  return Object.fromEntries(peers.map(([name]) => [name, versionIn(folder, name)]));
}

function versionIn(folder: string, name: string): string {
  const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function answerOnBothProviders(path: string): Promise<void> {
  await using upstream = await startFaultServer();
  await using worker = await startTestWorker({
    entry: path,
    variables: {
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      AZURE_AI_API_KEY: "k",
      AZURE_AI_ENDPOINT: `${upstream.url}/openai/v1`,
    },
  });
  const scenarios = {
    anthropic: anthropicAnswer({ text: "Tea at four." }),
    azure: azureAnswer({ text: "Tea at four." }),
  };
  for (const [assistant, scenario] of Object.entries(scenarios)) {
    upstream.reset();
    upstream.script(() => scenario);
    const visitor = await TestVisitor.arrive(worker.url, assistant);
    const { frames, error } = await visitor.ask("When is tea?");
    const last = frames.at(-1)?.event;
    assert.equal(
      last?.type === "response" && last.content,
      "Tea at four.",
      JSON.stringify({ assistant, error, last }) + worker.output(),
    );
  }
}
