import { resolve } from "node:path";
import { root } from "./root.ts";

/**
 * The folder in which the worker keeps its state on this machine.
 * @param persistTo the value of `--persist-to`, relative to the project's folder
 */
export function stateFolder(persistTo = ".wrangler/state"): string {
  return resolve(root, persistTo);
}
