// The bundles of the tests are what a deployment has.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runNode } from "../../scripts/lib/lifetime.ts";
import { at, root } from "../../scripts/lib/root.ts";
import { quietEnvironment } from "../../scripts/lib/wrangler.ts";
import { bundleCode } from "./bundle-code.ts";
import { makeFolder, removeFolder } from "./worker.ts";

/** The files of a bundle, by name. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name !== "README.md" && !name.endsWith(".map")); // wrangler's own
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

test("the worker's bundle for tests is the one that wrangler makes", async () => {
  const [own, wranglers] = [await makeFolder("bundle"), await makeFolder("bundle")];
  const entry = "worker/index.ts";
  await bundleCode(entry, own);
  const cli = at("node_modules/wrangler/wrangler-dist/cli.js");
  const flags = ["--dry-run", "--outdir", wranglers, "--assets", "test/worker/project/assets"];
  const exitCode = await runNode([cli, "deploy", entry, ...flags], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, ...quietEnvironment, RIVULET_UNCHECKED: "1" },
  });
  assert.equal(exitCode, 0);
  const [made, expected] = [filesIn(own), filesIn(wranglers)];
  assert.deepEqual(Object.keys(made), Object.keys(expected));
  for (const [name, text] of Object.entries(expected)) assert.ok(made[name] === text, `${name} differs`);
  await Promise.all([own, wranglers].map(removeFolder));
});
