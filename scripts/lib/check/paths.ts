import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { at, root } from "../root.ts";

/** Texts that only make sense on one machine and must not be in the repository. */
const strangers: [pattern: RegExp, name: string][] = [
  [/(?<![\w./-])\/(home|Users)\/[\w.-]+\//, "a home folder"],
  [/(?<![\w./-])\/(work|root)\/[\w.-]+/, "a folder of one machine"],
  [/https?:\/\/[\w.-]*(registry|artifactory|nexus|verdaccio)[\w.-]*/i, "a package registry's host"],
  [/"resolved": "/, "a download address in the lock file"],
];

/** Checks that no file in the repository contains a machine's folders or a package registry's host. */
export async function checkPaths(): Promise<string[]> {
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
  return files
    .filter((path) => /\.(ts|mjs|js|json|md|toml|css|html|svg|txt|yml)$|^\.ci\/|^\.npmrc$/.test(path))
    .flatMap(findIn);
}

function findIn(path: string): string[] {
  if (path === "scripts/lib/check/paths.ts" || !existsSync(at(path))) return [];
  const lines = readFileSync(at(path), "utf8").split("\n");
  return lines.flatMap((line, index) =>
    strangers.filter(([pattern]) => pattern.test(line)).map(([, name]) => `${path}:${index + 1} contains ${name}`),
  );
}
