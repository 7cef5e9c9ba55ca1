import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import * as v from "valibot";
import { at, root } from "../root.ts";
import { runTool } from "./step.ts";

/** What `npm pack --json` prints. */
const packed = v.tuple([v.object({ filename: v.string(), files: v.array(v.object({ path: v.string() })) })]);

const names = v.record(v.string(), v.unknown());
const manifest = v.looseObject({
  dependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: v.record(v.string(), v.object({ optional: v.boolean() })),
});

/** The dependencies that a site installs with the package: the element's libraries. None contains a program. */
const installed = ["@speed-highlight/core", "lit", "temml"];

/** Checks what `npm publish` would send: its exports, types, files and dependencies. */
export async function checkPackage(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "rivulet-pack-"));
  try {
    const { filename, files } = pack(folder);
    const tarball = join(folder, filename);
    return [
      ...checkDependencies(),
      ...checkFiles(files.map(({ path }) => path)),
      ...(await lintPackage()),
      ...(await runTool([at("node_modules/@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "esm-only"])),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pack(folder: string): v.InferOutput<typeof packed>[0] {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const npm = process.env.npm_execpath;
  const options = { cwd: root, encoding: "utf8" } as const;
  const { stdout, stderr } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync(`npm ${args.join(" ")}`, { ...options, shell: true });
  if (stdout === "") throw new Error(stderr);
  return v.parse(packed, JSON.parse(stdout))[0];
}

function readManifest(): v.InferOutput<typeof manifest> {
  return v.parse(manifest, JSON.parse(readFileSync(at("package.json"), "utf8")));
}

function checkDependencies(): string[] {
  const { dependencies, peerDependencies, peerDependenciesMeta } = readManifest();
  const others = Object.keys(dependencies).filter((name) => !installed.includes(name));
  const required = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [
    ...others.map((name) => `${name} is a dependency: everybody who installs the element would install it`),
    ...required.map((name) => `${name} is a peer that is not optional: npm would install it for everybody`),
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
