import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, with a trailing slash. */
export const root: string = resolve(fileURLToPath(import.meta.url), "../../..") + sep;

/** The absolute path of a file or folder in the repository. */
export function at(path: string): string {
  return root + path;
}

/**
 * The `file:` URL of a file in the repository. `import()` and Node's flag `--import` take a URL: an absolute path does
 * not work there on Windows.
 */
export function urlOf(path: string): string {
  return new URL(`../../${path}`, import.meta.url).href;
}
