// `npm run prove -- host-pages [engine]`: the pages of test/host in Firefox and WebKitGTK, with real keys and a real
// mouse. Printing, touch, dropped files, input methods and a window of 320 px are only tested in Chromium.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { setStage, type Stage } from "../e2e/stage.ts";
import type { Driver } from "../engines/driver.ts";
import { engines, type Engine } from "../engines/engines.ts";
import { startFirefox } from "../engines/firefox-driver.ts";
import { hostRows } from "../engines/host-rows.ts";
import { Visitor } from "../engines/visitor.ts";
import { startWebKit } from "../engines/webkit-driver.ts";
import { anthropicAnswer } from "../fault-server/index.ts";

/** What was found in one engine: how many pages passed, and the failure of each page that is not as in Chromium. */
interface HostFigures {
  version: string;
  passed: number;
  failed: Record<string, string>;
}

const answer = Array.from({ length: 80 }, (_, at) => `Line ${at} of a long **answer**.\n\n`);

/**
 * @param only a part of an engine's name; by default, both engines run
 * @param part a part of a page's name; by default, all pages are tested
 */
export async function prove(only = "", part = ""): Promise<Record<string, HostFigures>> {
  const figures: Record<string, HostFigures> = {};
  const stage = await setStage();
  stage.upstream.script(() => anthropicAnswer({ text: answer }));
  try {
    for (const engine of engines.filter(({ name }) => name.includes(only)))
      figures[engine.name] = await runIn(engine, stage, part);
  } finally {
    await stage.close();
  }
  return figures;
}

async function runIn(engine: Engine, stage: Stage, part: string): Promise<HostFigures> {
  const { name, program } = engine;
  assert.ok(existsSync(program), `${name} is not installed: see the first lines of test/prove/browsers.ts`);
  const driver: Driver = await (name === "Firefox" ? startFirefox(engine) : startWebKit(engine));
  const figures: HostFigures = { version: driver.version, passed: 0, failed: {} };
  try {
    for (const [page, check] of Object.entries(hostRows)) {
      if (!page.includes(part)) continue;
      try {
        await check(new Visitor(driver, stage));
        figures.passed += 1;
      } catch (error) {
        const { cause = error } = error instanceof Error ? error : {};
        figures.failed[page] = cause instanceof Error ? cause.message : String(cause);
      }
      console.error(`${name}: ${page}: ${figures.failed[page] ?? "as in Chromium"}`);
    }
  } finally {
    await driver.close();
  }
  return figures;
}
