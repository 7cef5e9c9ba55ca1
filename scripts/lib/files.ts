import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { at } from "./root.ts";

/** Lists every file below a folder, as sorted paths relative to it, with `/` as the separator. */
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

/**
 * Replaces the files in `to` with those in `from`, one by one, so that a server that is using `to` always finds the
 * folder. Then removes `from`.
 */
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

/** Whether a file is newer than all of its sources. @param sources files and folders */
export function isFresh(file: string, sources: readonly string[]): boolean {
  if (!existsSync(at(file))) return false;
  const made = statSync(at(file)).mtimeMs;
  return sources.every((source) => newest(at(source)) < made);
}

function newest(path: string): number {
  const own = statSync(path).mtimeMs;
  if (!statSync(path).isDirectory()) return own;
  // This includes the times of folders, which change when a file is deleted.
  const times = readdirSync(path, { recursive: true }).map((entry) => statSync(join(path, String(entry))).mtimeMs);
  return Math.max(own, ...times);
}
