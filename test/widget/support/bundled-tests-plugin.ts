import { globSync } from "node:fs";
import { rolldown, type OutputChunk } from "rolldown";
import { at, root } from "../../../scripts/lib/root.ts";

/** The folder of the modules that several tests share. */
const chunkFolder = "__bundled-tests";

/** The file with `keepFailuresPlain`, which every test file calls first. */
const setup = at("test/widget/support/plain-failures.ts");

const allTests = "test/**/*.browser.test.ts";

/**
 * Serves each test file with everything that it imports in a few modules. A page that loads each of the hundreds of
 * modules by itself, with its source map, spends three quarters of its CPU time on that.
 * @param files a pattern of test files
 */
export function bundledTestsPlugin(files = allTests) {
  let bundled: Promise<Map<string, string>> | undefined;
  return {
    name: "bundled-tests",
    serverStart(): void {
      bundled = bundleTests(files);
    },
    async serve({ path }: { path: string }): Promise<{ body: string; type: string } | undefined> {
      const body = (await bundled)?.get(path.slice(1));
      return body === undefined ? undefined : { body, type: "js" };
    },
  };
}

/** The code of tests and of the modules that they share, by path. */
async function bundleTests(files: string): Promise<Map<string, string>> {
  const paths = globSync(files, { cwd: root }).map((path) => path.replaceAll("\\", "/"));
  await using bundle = await rolldown({
    input: Object.fromEntries(paths.map((path) => [path, at(path)])),
    cwd: root,
    plugins: [{ name: "setup", transform: callSetup }],
    platform: "browser",
    external: /^\/__web-dev-server/,
    resolve: { conditionNames: ["production", "browser", "import", "default"] },
    transform: { target: "es2022" },
    tsconfig: at("tsconfig.base.json"),
    checks: { pluginTimings: false },
    experimental: { chunkOptimization: false }, // otherwise a test could import another test for code that both share
  });
  const { output } = await bundle.generate({
    entryFileNames: "[name]",
    chunkFileNames: `${chunkFolder}/[name]-[hash].js`,
  });
  return new Map(
    output.filter((file): file is OutputChunk => file.type === "chunk").map((file) => [file.fileName, file.code]),
  );
}

/** Adds the call of `keepFailuresPlain` to the first line, so that every line keeps its number. */
function callSetup(code: string, id: string): string | undefined {
  return /\.browser(\.test)?\.ts$/.test(id)
    ? `import { keepFailuresPlain } from ${JSON.stringify(setup)}; keepFailuresPlain(); ${code}`
    : undefined;
}
