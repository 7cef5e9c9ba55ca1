import { build, type BuildOptions } from "rolldown";
import { at, root } from "./root.ts";

/** What every bundle for the browser has in common. */
const common = {
  cwd: root,
  platform: "browser",
  resolve: { conditionNames: ["production", "browser", "import", "default"] },
} satisfies BuildOptions;

/** Browsers of the last three years: private fields, static blocks, constructable style sheets. */
const target = "es2022";

/**
 * Bundles `rivulet.js`: one classic script, for a page without modules.
 * @param version names the build of the panel that it will load
 */
export async function bundleScriptTag(folder: string, version = "development"): Promise<void> {
  await build({
    ...common,
    transform: { target, define: { __RIVULET_VERSION__: JSON.stringify(version) } },
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
    transform: { target },
    input: { [name]: at(entry) },
    output: {
      dir: folder,
      format: "es",
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name]-[hash].js",
      minify: true,
    },
  });
}
