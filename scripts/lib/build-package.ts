import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { listFiles, replaceFolder } from "./files.ts";
import { runNode } from "./lifetime.ts";
import { Mistake } from "./mistake.ts";
import { at, root } from "./root.ts";

/** The published folders. Each one is a TypeScript project with the types of its runtime. */
const parts = ["protocol", "widget", "worker"];

/**
 * Builds `dist/package`: the modules that a bundler or an operator's Worker imports, one per source file, with their
 * types and the element's manifest.
 */
export async function buildPackage(): Promise<void> {
  const folder = at("dist/.package");
  rmSync(folder, { recursive: true, force: true });
  for (const part of parts) await emit(part, folder);
  copyDeclarations("widget/frameworks", folder);
  for (const path of listFiles(folder)) if (path.endsWith(".d.ts")) pointToJavaScript(`${folder}/${path}`);
  // The worker reads its version from package.json. This second manifest in the package must contain no more than this.
  writeFileSync(`${folder}/package.json`, JSON.stringify({ type: "module", version: readVersion() }));
  await writeManifest(folder);
  replaceFolder(folder, at("dist/package"));
}

async function emit(part: string, folder: string): Promise<void> {
  const args = ["-p", part, "--noEmit", "false", "--declaration", "--outDir", folder, "--rootDir", root];
  const code = await runNode([at("node_modules/typescript/lib/tsc.js"), ...args], { cwd: root });
  if (code !== 0) throw new Mistake(`${part}/ does not compile: see the compiler's messages above.`);
}

/** Copies the declarations that were written by hand. The compiler does not copy them. */
function copyDeclarations(source: string, folder: string): void {
  for (const path of listFiles(at(source)))
    if (path.endsWith(".d.ts")) cpSync(at(`${source}/${path}`), `${folder}/${source}/${path}`);
}

/** Rewrites `./x.ts` to `./x.js` in declarations; the compiler only does so in code. */
function pointToJavaScript(file: string): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/(\bfrom |\bimport\(?)("\.[^"]*)\.ts"/g, '$1$2.js"'));
}

async function writeManifest(folder: string): Promise<void> {
  const analyzer = at("node_modules/@custom-elements-manifest/analyzer/cem.js");
  const args = ["analyze", "--outdir", folder.slice(root.length), "--quiet"];
  const code = await runNode([analyzer, ...args], { cwd: root });
  if (code !== 0) throw new Error("The element's manifest could not be generated. See above.");
}

function readVersion(): unknown {
  const manifest: unknown = JSON.parse(readFileSync(at("package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
}
