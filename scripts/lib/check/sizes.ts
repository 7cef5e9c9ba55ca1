import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { at } from "../root.ts";
import { measureWidget, openingScripts } from "../sizes.ts";

/** Upper bounds of what a visitor's browser downloads, in bytes after Brotli compression. */
const limits = {
  /** Loaded on every page view, so it must be small enough for every site. */
  scriptTag: 5 * 1024,
  /** Everything that opening and a first answer load, the script tag included. It should be 35 KiB, and is not yet. */
  opening: 42.25 * 1024,
};

/** Checks that the downloads stay within their bounds. */
export async function checkSizes(): Promise<string[]> {
  const sizes = new Map(measureWidget().map(({ path, brotli }) => [path, brotli]));
  const scriptTag = sizes.get("rivulet.js") ?? 0;
  const opening = new Set<string>();
  for (const path of sizes.keys()) if (openingScripts.test(path)) addWithImports(path, opening);
  const openingBytes = [...opening].reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
  return [
    ...exceeds("rivulet.js", scriptTag, limits.scriptTag),
    ...exceeds([...opening].join(", "), openingBytes, limits.opening),
  ];
}

/** Adds a script and its static imports. Dynamic imports, such as the highlighter, are loaded on demand and do not count. */
function addWithImports(path: string, known: Set<string>): void {
  if (known.has(path)) return;
  known.add(path);
  const text = readFileSync(at(`dist/widget/${path}`), "utf8");
  for (const [, from = ""] of text.matchAll(/\b(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]/g)) {
    addWithImports(posix.join(posix.dirname(path), from), known);
  }
}

function exceeds(what: string, bytes: number, limit: number): string[] {
  if (bytes > 0 && bytes <= limit) return [];
  return [`${what}: ${bytes} bytes after Brotli; the limit is ${limit}`];
}
