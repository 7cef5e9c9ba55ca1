// Bundles a worker as a deployment would: `bundle-program.ts <entry> <folder>`. The folder gets the code, and
// `options.json`: what wrangler.toml says in Miniflare's terms, and the names of the modules.
import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { unstable_getMiniflareWorkerOptions as readOptions } from "wrangler";
import { at, root } from "../../scripts/lib/root.ts";
import { quietEnvironment } from "../../scripts/lib/wrangler.ts";

const [entry = "", folder = ""] = process.argv.slice(2);
const cli = at("node_modules/wrangler/wrangler-dist/cli.js");
const flags = ["--outdir", folder, "--assets", "test/worker/project/assets"];
execFileSync(process.execPath, [cli, "deploy", "--dry-run", entry, ...flags], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
  env: { ...process.env, ...quietEnvironment, RIVULET_UNCHECKED: "1" },
});
const script = `${basename(entry, ".ts")}.js`;
const texts = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md"); // that is wrangler's
const modules = [{ type: "ESModule", path: script }, ...texts.map((path) => ({ type: "Text", path }))];
const { modulesRules: _, ...options } = readOptions(at("wrangler.toml")).workerOptions;
writeFileSync(join(folder, "options.json"), JSON.stringify({ ...options, modules }));
