import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import * as v from "valibot";
import { pack } from "../pack.ts";
import { at, root } from "../root.ts";
import { runTool } from "./step.ts";

const names = v.record(v.string(), v.unknown());
const manifest = v.looseObject({
  dependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: v.record(v.string(), v.object({ optional: v.boolean() })),
});

/** The packages that are installed with the element: its libraries. None of them installs a command. */
const installed = ["@speed-highlight/core", "lit", "temml"];

/** Checks what `npm publish` would upload: its exports, types, files and dependencies. */
export async function checkPackage(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "rivulet-pack-"));
  try {
    const { tarball, files } = pack(folder);
    return [
      ...checkDependencies(),
      ...checkFiles(files),
      ...(await lintPackage()),
      ...(await runTool([at("node_modules/@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only"])),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readManifest(): v.InferOutput<typeof manifest> {
  return v.parse(manifest, JSON.parse(readFileSync(at("package.json"), "utf8")));
}

function checkDependencies(): string[] {
  const { dependencies, peerDependencies, peerDependenciesMeta } = readManifest();
  const others = Object.keys(dependencies).filter((name) => !installed.includes(name));
  const required = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [
    ...others.map((name) => `${name} is a dependency, so it would be installed with the element`),
    ...required.map((name) => `${name} is a required peer dependency, so npm would install it with the element`),
  ];
}

function checkFiles(paths: readonly string[]): string[] {
  const expected = /^(dist\/(package|widget)\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/;
  return paths.filter((path) => !expected.test(path)).map((path) => `${path} does not belong in the package`);
}

async function lintPackage(): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: root, level: "suggestion", strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}
