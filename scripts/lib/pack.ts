import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as v from "valibot";
import { root } from "./root.ts";

/** The output of `npm pack --json`. */
const packed = v.tuple([v.object({ filename: v.string(), files: v.array(v.object({ path: v.string() })) })]);

/** What `npm publish` would upload. */
export interface PackedPackage {
  tarball: string;
  /** The paths of the files in the tarball. */
  files: string[];
}

/** Packs what has been built. @param folder where the tarball is written */
export function pack(folder: string): PackedPackage {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, encoding: "utf8" } as const;
  const { stdout, stderr } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync(`npm ${args.join(" ")}`, { ...options, shell: true });
  if (stdout === "") throw new Error(stderr);
  const [{ filename, files }] = v.parse(packed, JSON.parse(stdout));
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}
