import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { at, root } from "./root.ts";

/**
 * Installs the packages of a folder that has its own package.json, if one is missing or has another version.
 * @param folder relative to the repository
 */
export function installFolder(folder: string): void {
  if (isInstalled(folder)) return;
  console.error(`Installing the dependencies of ${folder}/ (first run only)…`);
  const options = { cwd: root, stdio: "inherit", shell: true } as const;
  const { status } = spawnSync(`npm ci --prefix ${folder} --loglevel=error`, options);
  if (status !== 0) throw new Error(`The dependencies of ${folder}/ could not be installed. See npm's message above.`);
}

function isInstalled(folder: string): boolean {
  const wanted = readJson(`${folder}/package.json`).dependencies ?? {};
  return Object.entries(wanted).every(([name, version]) => {
    const path = `${folder}/node_modules/${name}/package.json`;
    return existsSync(at(path)) && readJson(path).version === version;
  });
}

function readJson(path: string): { version?: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(at(path), "utf8")) as { version?: string; dependencies?: Record<string, string> };
}
