import { basename, extname } from "node:path";

/** The title of a document that has none: its file name as words, e.g. `Opening hours` for `opening-hours.txt`. */
export function titleFromPath(path: string): string {
  const name = basename(path, extname(path));
  const words = name.replaceAll(/[-_\s]+/g, " ").trim() || name;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
