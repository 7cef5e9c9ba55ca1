import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, with a trailing slash. */
export const root: string = resolve(fileURLToPath(import.meta.url), "../../..") + sep;

/** The absolute path of a file or folder in the repository. */
export function at(path: string): string {
  return root + path;
}

/** The URL of a file in the repository: the form in which Node expects a module in a flag. */
export function urlOf(path: string): string {
  return new URL(`../../${path}`, import.meta.url).href;
}
