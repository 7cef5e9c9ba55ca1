import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { build, type Alias, type InlineConfig, type Plugin } from "vite";
import { listFiles } from "./files.ts";
import { minifyChunks } from "./minify-chunks.ts";
import { minifyTemplates } from "./minify-templates.ts";
import { at, root } from "./root.ts";
import { splitStrings } from "./split-strings.ts";

/** Browsers of the last three years: private fields, static blocks, constructable style sheets. */
const target = "es2022";

/**
 * The name of a file whose content never changes under this name. It contains the name of the build, which is the same
 * for all files of a build. The chat's code contains the names of about 30 of these files. If each had a hash of its
 * own, the code would have 100 more bytes that do not compress.
 */
const lastingName = `chunks/[name]-${nameBuild()}.js`;

/** The file name of a part that is loaded later. It contains only the first word of the part's own name. */
const partName = ({ name }: { name: string }): string => lastingName.replace("[name]", name.replace(/-.*/, ""));

/** The settings that all browser bundles share. */
function common(folder: string, defined: Record<string, string>): InlineConfig & { build: object } {
  return {
    root,
    configFile: false,
    publicDir: false,
    plugins: [splitStrings(), minifyTemplates(), minifyChunks()],
    logLevel: "warn",
    resolve: { conditions: ["production", "browser", "import", "default"] },
    define: { ...defined, __RIVULET_BUILD__: JSON.stringify(nameBuild()), "process.env.NODE_ENV": '"production"' },
    build: { outDir: folder, emptyOutDir: false, target, minify: false },
  };
}

/** A name for this build, which changes whenever one of its sources changes. */
function nameBuild(): string {
  const hash = createHash("sha256").update(readFileSync(at("package-lock.json")));
  for (const folder of ["widget", "protocol", "scripts/lib"])
    for (const path of listFiles(at(folder))) hash.update(path).update(readFileSync(at(`${folder}/${path}`)));
  return hash.digest("hex").slice(0, 6);
}

/** Bundles `rivulet.js`: one classic script, for a page without modules. */
export async function bundleScriptTag(folder: string): Promise<void> {
  const config = common(folder, {});
  const lib = {
    entry: "widget/embed/embed.ts",
    formats: ["iife" as const],
    name: "rivulet",
    fileName: () => "rivulet.js",
  };
  const rolldownOptions = { output: { minify: false }, checks: { pluginTimings: false } };
  await build({ ...config, build: { ...config.build, lib, rolldownOptions } });
}

/**
 * Bundles `panel.js` and `words.js`, whose names never change, and the chat that `panel.js` loads. The chat reuses the
 * script tag's launcher.
 */
export async function bundlePanel(folder: string): Promise<void> {
  const fileName = lastingName;
  const launcher = await bundleModule("launcher", "widget/embed/register-launcher.ts", folder, { fileName });
  const alias = [{ find: /^.*\/launcher\.ts$/, replacement: at("widget/embed/registered-launcher.ts") }];
  const chat = await bundleModule("chat", "widget/define.ts", folder, {
    fileName,
    alias,
    hasParts: true,
    external: { find: /\/other-languages\.ts$/, path: "../words.js" },
  });
  const defined = {
    __RIVULET_CHAT_FILE__: JSON.stringify(`./${chat}`),
    __RIVULET_LAUNCHER_FILE__: JSON.stringify(`./${launcher}`),
  };
  await bundleModule("panel", "widget/embed/panel.ts", folder, { defined });
  await bundleModule("words", "widget/strings/other-languages.ts", folder, { hasParts: true });
}

/** How the bundling of a module differs from the default. */
interface ModuleOptions {
  /** The name of the bundle's file. By default it is the module's name, so that existing pages still find it. */
  fileName?: string;
  alias?: Alias[];
  /**
   * An import that stays a separate file of the build: a pattern that matches the import, and the path of the file
   * relative to the chat's folder.
   */
  external?: { find: RegExp; path: string };
  /** Constants in the code, and their values. */
  defined?: Record<string, string>;
  /** Whether the module loads parts later. */
  hasParts?: boolean;
}

/**
 * Bundles a module: one file with everything that it needs immediately, because one file compresses better than many.
 * What it loads later goes to `chunks/`, under a name of this build, and shares the code of the first file.
 * @returns the path of the first file within the folder
 */
export async function bundleModule(
  name: string,
  entry: string,
  folder: string,
  { fileName = "[name].js", alias = [], defined = {}, hasParts = false, external }: ModuleOptions = {},
): Promise<string> {
  const config = common(folder, defined);
  let path = "";
  const notePath: Plugin = {
    name: "note-path",
    generateBundle(_, files) {
      path = Object.values(files).find((file) => file.type === "chunk" && file.isEntry)?.fileName ?? "";
    },
  };
  const leaveOut: Plugin = {
    name: "leave-out",
    enforce: "pre",
    resolveId: (source) => (external?.find.test(source) ? { id: external.path, external: true } : undefined),
  };
  const lib = { entry: { [name]: entry }, formats: ["es" as const] };
  // `minify: false` below keeps the output as the plugins write it. By default it is formatted again, with white space.
  const names = { entryFileNames: fileName, chunkFileNames: partName };
  // By default, what the first file shares with parts that load later can become a file of its own.
  const codeSplitting = hasParts ? { groups: [{ name, tags: ["$initial" as const] }] } : true;
  const output = { minify: false, ...names, codeSplitting };
  const checks = { pluginTimings: false }; // they would report that most of the time is spent minifying
  const rolldownOptions = { output, checks, preserveEntrySignatures: "allow-extension" as const };
  await build({
    ...config,
    plugins: [config.plugins, notePath, leaveOut],
    resolve: { ...config.resolve, alias },
    build: { ...config.build, lib, rolldownOptions },
  });
  return path;
}
