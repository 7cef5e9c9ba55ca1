import { fileURLToPath } from "node:url";

/** The repository's folder, with a slash at its end. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** The file or folder at a path relative to the repository. */
export function at(path: string): string {
  return root + path;
}
