import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, with a slash at its end. */
export const root: string = resolve(fileURLToPath(import.meta.url), "../../..") + sep;

/** The file or folder at a path relative to the repository. */
export function at(path: string): string {
  return root + path;
}

/** The same as a URL, which Node wants of a module that a flag names. */
export function urlOf(path: string): string {
  return new URL(`../../${path}`, import.meta.url).href;
}
