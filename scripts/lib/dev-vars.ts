import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { at } from "./root.ts";

/** Where developers keep their keys, one `NAME=value` per line. wrangler reads `.env` if there is no `.dev.vars`. */
export function devVarsFile(): string {
  return !existsSync(at(".dev.vars")) && existsSync(at(".env")) ? ".env" : ".dev.vars";
}

/** Reads that file. */
export function readDevVars(): Record<string, string> {
  const file = at(devVarsFile());
  if (!existsSync(file)) return {};
  const entries = Object.entries(parseEnv(readFileSync(file, "utf8")));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Whether the file is in another encoding than UTF-8. Some editors and shells write UTF-16, of which nothing is read. */
export function isDevVarsUnreadable(): boolean {
  const file = at(devVarsFile());
  return existsSync(file) && readFileSync(file).includes(0);
}
