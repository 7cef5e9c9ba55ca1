import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { listFiles } from "../files.ts";
import { at } from "../root.ts";
import type { Step } from "./step.ts";

/** A static or dynamic import, or an export, from a relative path, except `import type` and `export type`. */
const importOf = /(?:\b(?:import|export)\s+(?!type\b)(?:([^"';]*?)\s+from\s+)?|\bimport\(\s*)"(\.[^"]+)"/g;

/** Creates a step that reports import circles between the files below a folder. Type-only imports do not count. */
export function importCirclesStep(folder: string): Step {
  return { name: `import circles: ${folder}`, run: () => Promise.resolve(findCircles(folder)) };
}

/** @returns each group of files that import each other, directly or through others */
function findCircles(folder: string): string[] {
  const files = listFiles(at(folder)).filter((path) => path.endsWith(".ts"));
  const imports = new Map(files.map((path) => [path, importsOf(folder, path)]));
  const reachable = new Map(files.map((path) => [path, reach(path, imports)]));
  const isCircle = (one: string, other: string) => reachable.get(one)?.has(other) && reachable.get(other)?.has(one);
  const groups = new Set(
    files
      .filter((path) => isCircle(path, path))
      .map((path) => files.filter((other) => isCircle(path, other)).join(", ")),
  );
  return [...groups].map((group) => `${folder}/: ${group} import each other`);
}

function importsOf(folder: string, path: string): string[] {
  const code = readFileSync(at(`${folder}/${path}`), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...code.matchAll(importOf)]
    .filter(([, names]) => !isTypeOnly(names))
    .map(([, , target = ""]) => posix.join(posix.dirname(path), target))
    .filter((target) => existsSync(at(`${folder}/${target}`)));
}

/** Whether every name in `{ type A, type B }` is a type. */
function isTypeOnly(names: string | undefined): boolean {
  const list = /^\{([\s\S]*)\}$/.exec(names ?? "")?.[1];
  const each = list?.split(",").filter((name) => name.trim() !== "");
  return each !== undefined && each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

/** Every file that a file imports, directly or through others. */
function reach(start: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const queue = [...(imports.get(start) ?? [])];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    queue.push(...(imports.get(path) ?? []));
  }
  return found;
}
