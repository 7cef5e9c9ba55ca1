// `npm run prove -- frameworks`: checks the app of test/frameworks in React 19, Vue 3, Svelte 5 and Angular: its types,
// and what it does in Chromium. The app imports the packed package. For Preact, only the types are checked.
import { readFileSync } from "node:fs";
import type { PluginOption } from "vite";
import { runTool } from "../../scripts/lib/check/step.ts";
import { installFolder } from "../../scripts/lib/install-folder.ts";
import { at, urlOf } from "../../scripts/lib/root.ts";
import { setStage } from "../e2e/stage.ts";
import { bundleApp } from "../frameworks/bundle-app.ts";
import { driveApp, type AppFigures } from "../frameworks/drive-app.ts";
import { installPackage } from "../frameworks/install-package.ts";
import { identitySecret } from "../worker/support/user-token.ts";

const folder = "test/frameworks";

/** How a framework's app is checked and built. */
interface Framework {
  package: string;
  /** The program that checks its types, below node_modules, and its arguments. */
  checker: string[];
  /** The file that is bundled and run. Without one, only the types are checked. */
  entry?: string;
}

const frameworks: Record<string, Framework> = {
  react: { package: "react", checker: ["typescript/lib/tsc.js", "-p", "apps/react"], entry: "apps/react/app.tsx" },
  preact: { package: "preact", checker: ["typescript/lib/tsc.js", "-p", "apps/preact"] },
  vue: { package: "vue", checker: ["vue-tsc/bin/vue-tsc.js", "-p", "apps/vue"], entry: "apps/vue/main.ts" },
  svelte: {
    package: "svelte",
    checker: ["svelte-check/bin/svelte-check", "--workspace", "apps/svelte", "--tsconfig", "./tsconfig.json"],
    entry: "apps/svelte/main.ts",
  },
  angular: {
    package: "@angular/core",
    checker: ["@angular/compiler-cli/bundles/src/bin/ngc.js", "-p", "apps/angular"],
    entry: "node_modules/.built/angular/main.js", // written by its compiler, which also checks the types
  },
};

/** The figures of one framework. */
type FrameworkFigures = { version: string; types: "checked" } & Partial<AppFigures>;

/** @param only the frameworks that are run; all by default */
export async function prove(...only: string[]): Promise<Record<string, FrameworkFigures>> {
  installFolder(folder);
  await installPackage();
  const plugins = await loadPlugins();
  const figures: Record<string, FrameworkFigures> = {};
  const stage = await setStage({ variables: { IDENTITY_SECRET: identitySecret } });
  try {
    for (const [name, framework] of Object.entries(frameworks)) {
      if (only.length > 0 && !only.includes(name)) continue;
      await checkTypes(framework);
      const { entry } = framework;
      const shown = entry ? await driveApp(stage, await bundleApp(entry, plugins[name]), name) : undefined;
      figures[name] = { version: versionOf(framework.package), types: "checked", ...shown };
      console.error(`${name}: ${JSON.stringify(figures[name])}`);
    }
  } finally {
    await stage.close();
  }
  return figures;
}

async function checkTypes({ checker: [program = "", ...args] }: Framework): Promise<void> {
  const path = at(`${folder}/node_modules/${program}`);
  const problems = await runTool([path, ...args.map((each) => each.replace(/^apps/, at(`${folder}/apps`)))]);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function loadPlugins(): Promise<Record<string, PluginOption[]>> {
  const module = (await import(urlOf(`${folder}/apps/plugins.mjs`))) as { plugins: Record<string, PluginOption[]> };
  return module.plugins;
}

/** The version of a framework's package. React's is the repository's own; the others are installed for the proof. */
function versionOf(name: string): string {
  const read = (path: string) =>
    JSON.parse(readFileSync(at(`${path}/${name}/package.json`), "utf8")) as { version: string };
  return read(name === "react" ? "node_modules" : `${folder}/node_modules`).version;
}
