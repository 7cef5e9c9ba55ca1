import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { buildPackage } from "../../scripts/lib/build-package.ts";
import { pack } from "../../scripts/lib/pack.ts";
import { at } from "../../scripts/lib/root.ts";

/** Builds and packs the package, and unpacks it where the apps import it from. */
export async function installPackage(): Promise<void> {
  await buildPackage();
  const folder = at("test/frameworks/node_modules/rivulet-chat");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { tarball } = pack(folder);
  const { status, stderr } = spawnSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
  if (status !== 0) throw new Error(String(stderr));
}
