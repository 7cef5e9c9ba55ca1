// `npm run prove -- accessibility [minutes] [engine]`: runs axe-core on combinations of the chat's state, mode and
// theme, light and dark, the language, the direction of the page, and the window. Chromium tests all combinations,
// which takes hours. Firefox and WebKitGTK test enough combinations for each pair of values. With a number of minutes,
// each engine ends early, and the figures say how many combinations it has tested. With the name of an engine, only
// that engine runs, and the figures of the others stay as they were. Each engine's figures have their own date.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowsers, noBrowserFound } from "../../scripts/lib/find-browser.ts";
import { at, root } from "../../scripts/lib/root.ts";
import { engines } from "../engines/engines.ts";

/** What axe-core has audited in one engine. */
interface Audits {
  version: string;
  /** When the audit ended, in ISO 8601. */
  date: string;
  states: number;
  /** How many combinations there are: all of them, or enough for each pair of values. */
  combinations: number;
  audited: number;
  found: string[];
}

/**
 * @param minutes how long each engine may take; 0 for as long as it needs
 * @param only a part of an engine's name; by default, all engines run
 */
export async function prove(minutes = "0", only = ""): Promise<object> {
  const browsers = findBrowsers();
  assert.ok(browsers, noBrowserFound);
  const all = [{ name: "Chromium", program: browsers.shell, screen: [] }, ...engines];
  const chosen = all.filter(({ name }) => name.includes(only));
  const figures = Object.fromEntries(
    chosen.map(({ name, program, screen = [] }) => {
      assert.ok(existsSync(program), `${name} is not installed: see the first lines of test/prove/browsers.ts`);
      const [command, ...args] = [...screen, program, "--version"];
      const version = execFileSync(command ?? program, args, { encoding: "utf8" }).trim();
      return [name, { version, ...auditIn(name, minutes) }];
    }),
  );
  return only === "" ? figures : { ...earlierFigures(), ...figures };
}

function auditIn(name: string, minutes: string): Omit<Audits, "version"> {
  const folder = mkdtempSync(join(tmpdir(), "rivulet-audits-"));
  const file = join(folder, "audits.jsonl");
  const env = { ...process.env, RIVULET_TEST_ENGINE: name, RIVULET_AUDITS: file, RIVULET_AUDIT_MINUTES: minutes };
  try {
    const runner = ["--config", "test/prove/accessibility.config.mjs"];
    const { status } = spawnSync("web-test-runner", runner, { cwd: root, env, stdio: "inherit" });
    const states = readFileSync(file, "utf8").trim().split("\n").map(readAudit);
    const found = states.flatMap((state) => state.found);
    assert.ok(status === 0 || found.length > 0, `${name}: a state was not reached`);
    const sum = (field: "combinations" | "audited") => states.reduce((total, state) => total + state[field], 0);
    return {
      date: new Date().toISOString(),
      states: states.length,
      combinations: sum("combinations"),
      audited: sum("audited"),
      found,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function earlierFigures(): object {
  const file = at("docs/proof/accessibility.json");
  if (!existsSync(file)) return {};
  return Object(Reflect.get(Object(JSON.parse(readFileSync(file, "utf8"))), "figures"));
}

type StateAudit = Pick<Audits, "combinations" | "audited" | "found">;

function readAudit(line: string): StateAudit {
  const { combinations, audited, found } = Object(JSON.parse(line));
  return { combinations: Number(combinations), audited: Number(audited), found: [...found].map(String) };
}
