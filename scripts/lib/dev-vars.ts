import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { at } from "./root.ts";

/** Where developers keep their keys, one `NAME=value` per line. wrangler reads `.env` if there is no `.dev.vars`. */
export function devVarsFile(): string {
  return !existsSync(at(".dev.vars")) && existsSync(at(".env")) ? ".env" : ".dev.vars";
}

/** Reads the variables in {@link devVarsFile}; empty if there is no such file. */
export function readDevVars(): Record<string, string> {
  const file = at(devVarsFile());
  if (!existsSync(file)) return {};
  const entries = Object.entries(parseEnv(readFileSync(file, "utf8")));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * Finds variables that cannot be read from the file, although a line begins with their name.
 * @param names the variables to look for
 */
export function unreadDevVars(names: readonly string[]): string[] {
  const file = at(devVarsFile());
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  const written = new Set(lines.map((line) => /^\s*(?:export\s+)?(\w+)/.exec(line)?.[1]));
  const read = readDevVars();
  return names.filter((name) => written.has(name) && !(name in read));
}

/**
 * Whether the file contains zero bytes, as UTF-16 does. Some editors and shells write UTF-16, from which nothing is
 * read.
 */
export function isDevVarsUnreadable(): boolean {
  const file = at(devVarsFile());
  return existsSync(file) && readFileSync(file).includes(0);
}
