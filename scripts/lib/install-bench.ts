import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { at, root } from "./root.ts";

/** Installs what the benchmarks compare with, if it is missing. These packages have their own package.json. */
export function installBench(): void {
  if (isInstalled()) return;
  console.error("Installing the benchmark's dependencies (first run only) …");
  const { status } = spawnSync("npm ci --prefix bench --loglevel=error", { cwd: root, stdio: "inherit", shell: true });
  if (status !== 0) throw new Error("The benchmark's dependencies could not be installed. See npm's message above.");
}

function isInstalled(): boolean {
  const wanted = readJson("bench/package.json").dependencies ?? {};
  return Object.entries(wanted).every(([name, version]) => {
    const path = `bench/node_modules/${name}/package.json`;
    return existsSync(at(path)) && readJson(path).version === version;
  });
}

function readJson(path: string): { version?: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(at(path), "utf8")) as { version?: string; dependencies?: Record<string, string> };
}
