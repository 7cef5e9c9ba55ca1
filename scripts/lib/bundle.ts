import { readFileSync } from "node:fs";
import { build, type BuildOptions } from "rolldown";
import { at, root } from "./root.ts";

/** What every bundle for the browser has in common. */
const common = {
  cwd: root,
  platform: "browser",
  resolve: { conditionNames: ["production", "browser", "import", "default"] },
  // Browsers of the last three years: private fields, static blocks, constructable style sheets.
  transform: { target: "es2022", define: { __RIVULET_VERSION__: JSON.stringify(readVersion()) } },
} satisfies BuildOptions;

/** The product's version, as package.json says it. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(at("package.json"), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error("package.json has no version");
}

/** Bundles `rivulet.js`: one classic script, for a page without modules. */
export async function bundleScriptTag(folder: string): Promise<void> {
  await build({
    ...common,
    input: at("widget/embed.ts"),
    output: { dir: folder, format: "iife", entryFileNames: "rivulet.js", minify: true },
  });
}

/**
 * Bundles a module whose file keeps its name, so that a page that was written long ago still finds it.
 * @param name the file, without its ending; what it loads later goes to `chunks/`, under a name that says its content
 */
export async function bundleModule(name: string, entry: string, folder: string): Promise<void> {
  await build({
    ...common,
    input: { [name]: at(entry) },
    // What the module needs at once stays in its own file, instead of a chunk that would be asked for one hop later.
    preserveEntrySignatures: "allow-extension",
    output: {
      dir: folder,
      format: "es",
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      minify: true,
    },
  });
}
