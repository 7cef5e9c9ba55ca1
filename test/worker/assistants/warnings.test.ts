import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { at } from "../../../scripts/lib/root.ts";
import { makeFolder, removeFolder } from "../../support/worker.ts";

const run = promisify(execFile);

/** Runs the step that start and build run first, in a copy of the repository. @returns what it printed */
async function load(folder: string): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, ["scripts/lib/check/assistants.ts"], { cwd: folder });
  return stdout + stderr;
}

test("an assistant without a budget is a warning at start and build, and the samples have one", async () => {
  const folder = await makeFolder("project");
  for (const each of ["assistants", "protocol", "scripts", "worker", "package.json"]) {
    await cp(at(each), join(folder, each), { recursive: true });
  }
  await symlink(at("node_modules"), join(folder, "node_modules"));
  assert.equal(await load(folder), "");
  const file = join(folder, "assistants/claude/assistant.ts");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/^ {2}budget: .*\n/m, ""));
  const warning = /^Warning: assistants\/claude\/assistant\.ts: budget is missing: .*: set it, for example .*\.\n$/;
  assert.match(await load(folder), warning);
  await removeFolder(folder);
});

test("every assistant in the docs has a budget", async () => {
  for (const page of ["README.md", "docs/configuration.md"]) {
    const text = await readFile(at(page), "utf8");
    const examples = text.match(/defineAssistant\(\{[^`]*?\n\}\);/g) ?? [];
    assert.ok(examples.length > 0, page);
    for (const example of examples) assert.match(example, /\n {2}budget: \{ usdPerDay: /, page);
  }
});
