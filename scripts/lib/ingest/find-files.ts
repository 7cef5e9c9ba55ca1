import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { isOtherFile } from "./file-kind.ts";
import { root } from "../root.ts";

/** A file that may be a document. */
export interface FoundFile {
  /** Identifies its document: the path from the project's folder, with `/`, the same on every machine. */
  path: string;
  /** Where it is on this machine. */
  file: string;
  /** Its path in the named folder, with `/`; only its name if the file itself was named. */
  pathInFolder: string;
}

/** A file or folder that could not be read, and what to do. */
export interface Problem {
  path: string;
  reason: string;
}

/** What the named folders and files contain. */
export interface FoundFiles {
  files: FoundFile[];
  /** The named folders, as paths like those of the files. */
  folders: string[];
  /** Problems with the named files and folders themselves. */
  namedProblems: Problem[];
  /** Problems with what is in the named folders. */
  problems: Problem[];
  /** How many files were left out because they are not documents. */
  leftOut: number;
}

/**
 * Finds the files that may be documents. In folders, hidden files, `node_modules` and files that are certainly not
 * documents are left out.
 * @param named folders and files, relative to `from` or absolute
 */
export async function findFiles(named: readonly string[], from: string): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], folders: [], namedProblems: [], problems: [], leftOut: 0 };
  for (const name of named) await findNamed(resolve(from, name), found);
  found.files = [...new Map(found.files.map((file) => [file.path, file])).values()];
  return found;
}

async function findNamed(file: string, found: FoundFiles): Promise<void> {
  const path = toPath(file);
  const fail = (reason: string) => found.namedProblems.push({ path, reason });
  const kind = await kindOf(file);
  if ("reason" in kind) fail(kind.isMissing ? "there is no such file or folder: correct the path." : kind.reason);
  else if (kind.isFile) found.files.push({ path, file, pathInFolder: basename(file) });
  else {
    const before = found.files.length + found.problems.length;
    found.folders.push(path);
    const walk: Walk = { start: file, ancestors: [], visited: new Set(), found };
    await readFolder(file, walk);
    if (found.files.length + found.problems.length > before) return;
    fail("the folder has no documents: name one with Markdown, HTML, text, PDF or DOCX files.");
  }
}

/** The state of one walk through a named folder. */
interface Walk {
  start: string;
  /** The real paths of the folders around the current one. */
  ancestors: readonly string[];
  /** The real paths of all folders so far, because links can lead to the same folder several times. */
  visited: Set<string>;
  found: FoundFiles;
}

async function readFolder(folder: string, walk: Walk): Promise<void> {
  const { found, visited } = walk;
  try {
    const real = await realpath(folder);
    if (walk.ancestors.includes(real)) {
      found.problems.push({
        path: toPath(folder),
        reason: "it is a link to a folder that contains it: remove the link.",
      });
      return;
    }
    if (visited.has(real)) return;
    visited.add(real);
    const names = await readdir(folder);
    const inside = { ...walk, ancestors: [...walk.ancestors, real] };
    for (const name of names.toSorted()) await readEntry(join(folder, name), inside);
  } catch (error) {
    found.problems.push({ path: toPath(folder), reason: reasonOf(error) });
  }
}

async function readEntry(file: string, walk: Walk): Promise<void> {
  const { found, start } = walk;
  const name = basename(file);
  if (name.startsWith(".") || name === "node_modules") return;
  const kind = await kindOf(file);
  if ("reason" in kind) found.problems.push({ path: toPath(file), reason: kind.reason });
  else if (!kind.isFile) await readFolder(file, walk);
  else if (isOtherFile(name)) found.leftOut += 1;
  else found.files.push({ path: toPath(file), file, pathInFolder: withSlashes(relative(start, file)) });
}

type Kind = { isFile: boolean } | { reason: string; isMissing: boolean };

async function kindOf(file: string): Promise<Kind> {
  try {
    const status = await stat(file);
    if (status.isFile() || status.isDirectory()) return { isFile: status.isFile() };
    return { reason: "it is neither a file nor a folder: remove it.", isMissing: false };
  } catch (error) {
    return { reason: reasonOf(error), isMissing: codeOf(error) === "ENOENT" };
  }
}

/** Says why a file or folder cannot be read, and what to do. @param error of Node's file system */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case "ENOENT":
      return "it is a link to a file that does not exist: correct the link, or remove it.";
    case "ELOOP":
      return "it is a link that leads back to itself: correct the link, or remove it.";
    case "EACCES":
    case "EPERM":
      return "you do not have permission to read it: change its permissions, or remove it.";
    default:
      return `it cannot be read (${code}): try again, or remove it.`;
  }
}

function codeOf(error: unknown): string {
  return String(Reflect.get(Object(error), "code") ?? error);
}

/** The path from the project's folder, normalized, because some systems write `é` as two characters in file names. */
function toPath(file: string): string {
  return withSlashes(relative(root, file) || ".").normalize("NFC");
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}
