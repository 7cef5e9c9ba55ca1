import { build, type InlineConfig } from "vite";
import { minifyChunks } from "./minify-chunks.ts";
import { minifyTemplates } from "./minify-templates.ts";
import { root } from "./root.ts";

/** Browsers of the last three years: private fields, static blocks, constructable style sheets. */
const target = "es2022";

/** A name that says its content: what is loaded under it never changes. */
const hashedName = "chunks/[name]-[hash].js";

/** What every bundle for the browser has in common. */
function common(folder: string, defined: Record<string, string>): InlineConfig & { build: object } {
  return {
    root,
    configFile: false,
    publicDir: false,
    plugins: [minifyTemplates(), minifyChunks()],
    logLevel: "warn",
    resolve: { conditions: ["production", "browser", "import", "default"] },
    define: { ...defined, "process.env.NODE_ENV": '"production"' },
    build: { outDir: folder, emptyOutDir: false, target, minify: false },
  };
}

/**
 * Bundles `rivulet.js`: one classic script, for a page without modules.
 * @param version names the build of the panel that it will load
 */
export async function bundleScriptTag(folder: string, version = "development"): Promise<void> {
  const config = common(folder, { __RIVULET_VERSION__: JSON.stringify(version) });
  const lib = { entry: "widget/embed.ts", formats: ["iife" as const], name: "rivulet", fileName: () => "rivulet.js" };
  const rolldownOptions = { output: { minify: false }, checks: { pluginTimings: false } };
  await build({ ...config, build: { ...config.build, lib, rolldownOptions } });
}

/** Bundles `panel.js`, which keeps its name, and the chat that it loads. */
export async function bundlePanel(folder: string): Promise<void> {
  const chat = await bundleModule("chat", "widget/define.ts", folder, hashedName);
  await bundleModule("panel", "widget/panel.ts", folder, "[name].js", {
    __RIVULET_CHAT__: JSON.stringify(`./${chat}`),
  });
}

/**
 * Bundles a module: one file with all that it needs at once, since one compresses better than many; what it loads later
 * goes to `chunks/`, under a name that says its content, and shares the first file's code.
 * @param fileName by default it keeps its name, so that a page that was written long ago still finds it
 * @returns the path of the first file within the folder
 */
export async function bundleModule(
  name: string,
  entry: string,
  folder: string,
  fileName = "[name].js",
  defined: Record<string, string> = {},
): Promise<string> {
  const config = common(folder, defined);
  let path = "";
  config.plugins?.push({
    name: "note-path",
    generateBundle(_, files) {
      path = Object.values(files).find((file) => file.type === "chunk" && file.isEntry)?.fileName ?? "";
    },
  });
  const lib = { entry: { [name]: entry }, formats: ["es" as const] };
  // Left alone, the output would be printed anew, with white space.
  const output = { minify: false, entryFileNames: fileName, chunkFileNames: hashedName };
  const checks = { pluginTimings: false }; // minifying is what takes the time
  const rolldownOptions = { output, checks, preserveEntrySignatures: "allow-extension" as const };
  await build({ ...config, build: { ...config.build, lib, rolldownOptions } });
  return path;
}
