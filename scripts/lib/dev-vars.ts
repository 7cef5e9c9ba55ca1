import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { at } from "./root.ts";

/** Reads `.dev.vars`, where developers keep their keys, one `NAME=value` per line. */
export function readDevVars(): Record<string, string> {
  if (!existsSync(at(".dev.vars"))) return {};
  const entries = Object.entries(parseEnv(readFileSync(at(".dev.vars"), "utf8")));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
