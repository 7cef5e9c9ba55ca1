import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { didYouMean, nearNames } from "../../worker/models/near-names.ts";
import { Mistake } from "./mistake.ts";
import { at, root } from "./root.ts";

/**
 * Explains why Node could not load the operator's project.
 * @returns undefined if no file of the project is known to be the cause
 */
export function explainLoadError(error: unknown): Mistake | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === "ProjectError") return new Mistake(error.message);
  const sentence = explainImport(error) ?? explainCode(error);
  return sentence === undefined ? undefined : new Mistake(sentence);
}

/** Explains an import of a file or package that does not exist. */
function explainImport({ message }: Error): string | undefined {
  const [, kind, wanted = "", importer = ""] =
    /^Cannot find (module|package) '(.+?)' imported from (.+)$/.exec(message) ?? [];
  const file = toProjectPath(importer);
  if (kind === undefined || file === undefined) return undefined;
  if (file === "scripts/lib/load-project.ts") {
    return `${toProjectPath(wanted)} does not exist: create it, as docs/configuration.md shows.`;
  }
  if (kind === "module") {
    const fix = didYouMean(namesLike(wanted)) ?? "create the file, or correct the import.";
    return `${file}: it imports ${toProjectPath(wanted) ?? wanted}, which does not exist: ${fix}`;
  }
  const fix = `run \`npm install ${wanted}\`, or remove the import.`;
  return `${file}: it imports the package ${wanted}, which is not installed: ${fix}`;
}

/** Explains code that cannot be read, or that fails when it runs. */
function explainCode(error: Error): string | undefined {
  const place = findPlace(error);
  const [, module, name] =
    /^The requested module '(.+)' does not provide an export named '(.+)'$/.exec(error.message) ?? [];
  if (place !== undefined && module !== undefined) {
    return `${place}: it imports ${name}, which ${module} does not export: use the same name in both files.`;
  }
  const reason = error.message.replaceAll(root, "").replace("'ident'", "a name").replace(/\.$/, "");
  if (!(error instanceof SyntaxError)) {
    return place === undefined ? undefined : `${place}: it fails: ${reason}. Correct this line.`;
  }
  if (place !== undefined) return `${place}: it cannot be read: ${reason}. Correct this line, or the one before it.`;
  return `assistants/: a file cannot be read: ${reason}. \`npx tsc -p worker\` names the file and the line.`;
}

/** File and line from an error's stack, if one of the operator's own files is in it. */
function findPlace({ stack = "" }: Error): string | undefined {
  for (const [, url = "", line = ""] of stack.matchAll(/(file:\/\/\S+?):(\d+)/g)) {
    const path = toProjectPath(fileURLToPath(url));
    if (path?.startsWith("assistants/")) return `${path}:${line}`;
  }
  return undefined;
}

/** The names in a file's folder that resemble the file's own name. */
function namesLike(path: string): string[] {
  const folder = dirname(path);
  return existsSync(folder) ? nearNames(basename(path), readdirSync(folder)) : [];
}

/** A path as the operator knows it: relative to the project, with slashes. Undefined if it is elsewhere. */
function toProjectPath(path: string): string | undefined {
  return path.startsWith(root) ? relative(at(""), path).replaceAll("\\", "/") : undefined;
}
