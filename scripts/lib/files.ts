import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { at } from "./root.ts";

/** Every file below a folder, as paths relative to it, with `/`, sorted. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .toSorted();
}

/** Makes `to` hold what `from` holds, file by file, so that a server that is reading it never finds it gone. */
export function replaceFolder(from: string, to: string): void {
  const wanted = listFiles(from);
  const former = existsSync(to) ? listFiles(to) : [];
  for (const path of wanted) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path));
  }
  for (const path of former.filter((path) => !wanted.includes(path))) rmSync(join(to, path));
  rmSync(from, { recursive: true });
}

/** Whether a file is younger than everything that it was made from. @param sources files and folders */
export function isFresh(file: string, sources: readonly string[]): boolean {
  if (!existsSync(at(file))) return false;
  const made = statSync(at(file)).mtimeMs;
  return sources.every((source) => newest(at(source)) < made);
}

function newest(path: string): number {
  const own = statSync(path).mtimeMs;
  if (!statSync(path).isDirectory()) return own;
  // A folder's own time counts too: it changes when a file goes.
  const times = readdirSync(path, { recursive: true }).map((entry) => statSync(join(path, String(entry))).mtimeMs);
  return Math.max(own, ...times);
}
