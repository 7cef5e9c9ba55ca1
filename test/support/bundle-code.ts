import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { at, root } from "../../scripts/lib/root.ts";

/**
 * Bundles the code of workers. The result is the same as wrangler's, which `bundle-code.test.ts` checks, but takes a
 * sixth of the CPU time. Several workers together cost little more than one, because each file is read once.
 * @param entries by the name of each worker's code in the folder, without `.js`: its entry file, relative to the
 * repository
 * @param folder the folder for the code and for the text modules, which are Markdown files
 * @returns the file names of all workers' text modules
 */
export async function bundleCode(entries: Readonly<Record<string, string>>, folder: string): Promise<string[]> {
  const texts = new Set<string>();
  const production = '"production"';
  await build({
    entryPoints: { ...entries },
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2024",
    supported: { "import-source": true, using: true },
    conditions: ["workerd", "worker", "browser"],
    define: {
      "process.env.NODE_ENV": production,
      "global.process.env.NODE_ENV": production,
      "globalThis.process.env.NODE_ENV": production,
      "navigator.userAgent": '"Cloudflare-Workers"',
    },
    external: ["cloudflare:*"],
    alias: { debug: at("node_modules/debug/src/index.js") }, // the file that wrangler uses, not the one for browsers
    plugins: [textModules(folder, texts), nodeModules],
    logLevel: "error",
  });
  return [...texts];
}

/** Does what the `rules` of wrangler.toml say: each Markdown file becomes a module of its own. */
function textModules(folder: string, names: Set<string>): Plugin {
  return {
    name: "text-modules",
    setup({ onResolve }) {
      onResolve({ filter: /\.md$/ }, ({ resolveDir, path }) => {
        const file = resolve(resolveDir, path);
        const name = `${createHash("sha1").update(readFileSync(file)).digest("hex")}-${basename(file)}`;
        copyFileSync(file, join(folder, name));
        names.add(name);
        return { path: `./${name}`, external: true };
      });
    },
  };
}

/**
 * Does what the compatibility flag `nodejs_compat` needs: Node's built-in modules are not bundled, because the runtime
 * has them. Code that calls `require` gets them, too.
 */
const nodeModules: Plugin = {
  name: "node-modules",
  setup({ onResolve, onLoad }) {
    const names = builtinModules.filter((name) => !name.startsWith("_") && !name.startsWith("node:"));
    onResolve({ filter: new RegExp(`^(node:)?(${names.join("|")})$`) }, ({ path, kind }) =>
      kind === "require-call" ? { path, namespace: "node-built-in-modules" } : { path, external: true },
    );
    onLoad({ filter: /.*/, namespace: "node-built-in-modules" }, ({ path }) => ({
      contents: `import libDefault from '${path}';\nmodule.exports = libDefault;`,
    }));
  },
};
