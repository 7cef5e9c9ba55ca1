// Runs the browser tests in the two engines that `npm test` does not use: Firefox (Gecko) and WebKitGTK's
// MiniBrowser (Safari's engine). On Debian: `apt-get install firefox-esr webkit2gtk-driver xvfb xauth dbus`.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.ts";
import { engines, type Engine } from "../engines/engines.ts";

/** @param files a pattern of test files; by default, all browser tests */
export async function prove(files = "test/**/*.browser.test.ts"): Promise<object> {
  return Object.fromEntries(engines.map((engine) => [engine.name, runIn(engine, files)]));
}

function runIn({ name, program, screen = [] }: Engine, files: string): object {
  assert.ok(existsSync(program), `${name} is not installed: see the first lines of test/prove/browsers.ts`);
  const [command, ...args] = [...screen, program, "--version"];
  const version = execFileSync(command, args, { encoding: "utf8" }).trim();
  const folder = mkdtempSync(join(tmpdir(), "rivulet-engine-"));
  const summary = join(folder, "summary.json");
  const env = { ...process.env, RIVULET_TEST_ENGINE: name, RIVULET_TEST_SUMMARY: summary };
  try {
    const runner = ["--config", "test/engines/engines.config.mjs", "--files", files];
    const { status } = spawnSync("web-test-runner", runner, { cwd: root, env, stdio: "inherit" });
    assert.equal(status, 0, `${name}: a test failed`);
    const counts: unknown = JSON.parse(readFileSync(summary, "utf8"));
    return { version, ...Object(counts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
