import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { at } from "./root.ts";

/** The folders whose code runs in any environment and starts nothing. */
const folders = /^(protocol|widget|worker)\//;

/** The packages that a pure test may import as well. */
const packages = /^(node:(assert\/strict|test|fs|fs\/promises|path|url)|eventsource-parser|fast-check|marked|yaml)$/;

/**
 * Whether a test file uses only code of the project and starts nothing, judged by its imports and by a few words in it.
 * Such files do not disturb each other, so they can run in one process: starting a process for each would take half of
 * their CPU time.
 * @param path relative to the repository
 */
export function isPureTest(path: string): boolean {
  const text = readFileSync(at(path), "utf8");
  const imported = Array.from(text.matchAll(/ from "(.*?)"/g), ([, name = ""]) => name);
  const isHarmless = (name: string) =>
    name.startsWith(".") ? folders.test(posix.join(posix.dirname(path), name)) : packages.test(name);
  return imported.every(isHarmless) && !/\b(mock|process|globalThis)\b/.test(text);
}
