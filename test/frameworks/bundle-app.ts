import { build, type PluginOption } from "vite";
import { at } from "../../scripts/lib/root.ts";

/** Bundles an app for production, as its own build would, into one file. */
export async function bundleApp(entry: string, plugins: PluginOption[] = []): Promise<string> {
  const [bundle] = [
    await build({
      root: at("test/frameworks"),
      configFile: false,
      publicDir: false,
      logLevel: "warn",
      define: { "process.env.NODE_ENV": '"production"' },
      plugins,
      build: {
        write: false,
        minify: false,
        target: "es2022",
        lib: { entry: at(`test/frameworks/${entry}`), formats: ["es"] },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    }),
  ].flat();
  if (!bundle || !("output" in bundle)) throw new Error(`${entry} was not bundled`);
  return bundle.output[0].code;
}
