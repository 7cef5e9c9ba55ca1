// The bundles that the tests use are the same as the ones that wrangler deploys.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runNode } from "../../scripts/lib/lifetime.ts";
import { at, root } from "../../scripts/lib/root.ts";
import { quietEnvironment } from "../../scripts/lib/wrangler.ts";
import { bundleCode } from "./bundle-code.ts";
import { makeFolder, removeFolder } from "./worker.ts";

/**
 * The files of a bundle, by name. Two harmless differences are removed: wrangler's source map, and the name of the
 * entry's default export.
 */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name !== "README.md" && !name.endsWith(".map"));
  const read = (name: string) =>
    readFileSync(join(folder, name), "utf8")
      .replace(/\n\/\/# sourceMappingURL=.*\n$/, "\n")
      .replaceAll("index_default", "worker_default");
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

test("a worker's bundle for tests is the one that wrangler makes, also if another one is bundled with it", async () => {
  const [own, wranglers] = [await makeFolder("bundle"), await makeFolder("bundle")];
  const entry = "worker/index.ts";
  await bundleCode({ other: "test/worker/project/entry.ts", index: entry }, own);
  await rm(join(own, "other.js"));
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
