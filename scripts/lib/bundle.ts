import { build, type InlineConfig } from "vite";
import { minifyTemplates } from "./minify-templates.ts";
import { root } from "./root.ts";

/** Browsers of the last three years: private fields, static blocks, constructable style sheets. */
const target = "es2022";

/** What every bundle for the browser has in common. */
function common(folder: string, defined: Record<string, string>): InlineConfig & { build: object } {
  return {
    root,
    configFile: false,
    publicDir: false,
    plugins: [minifyTemplates()],
    logLevel: "warn",
    resolve: { conditions: ["production", "browser", "import", "default"] },
    define: { ...defined, "process.env.NODE_ENV": '"production"' },
    build: { outDir: folder, emptyOutDir: false, target, minify: true },
  };
}

/**
 * Bundles `rivulet.js`: one classic script, for a page without modules.
 * @param version names the build of the panel that it will load
 */
export async function bundleScriptTag(folder: string, version = "development"): Promise<void> {
  const config = common(folder, { __RIVULET_VERSION__: JSON.stringify(version) });
  const lib = { entry: "widget/embed.ts", formats: ["iife" as const], name: "rivulet", fileName: () => "rivulet.js" };
  await build({ ...config, build: { ...config.build, lib } });
}

/**
 * Bundles a module whose file keeps its name, so that a page that was written long ago still finds it.
 * @param name the file, without its ending; what it loads later goes to `chunks/`, under a name that says its content
 */
export async function bundleModule(name: string, entry: string, folder: string): Promise<void> {
  const config = common(folder, {});
  const lib = { entry: { [name]: entry }, formats: ["es" as const], fileName: () => `${name}.js` };
  // Said here, since a library's module keeps its white space otherwise.
  const output = { minify: true, chunkFileNames: "chunks/[name]-[hash].js" };
  await build({ ...config, build: { ...config.build, lib, rolldownOptions: { output } } });
}
