import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode } from "../../scripts/lib/lifetime.ts";
import { at } from "../../scripts/lib/root.ts";
import { bundleCode } from "./bundle-code.ts";

/** The folder of this run's bundles. `npm test` sets one that all of its test files share. */
const shared = process.env.RIVULET_TEST_BUNDLES;
const folder = shared ?? join(tmpdir(), `rivulet-bundles-${process.pid}`);
if (shared === undefined) process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const bundles = new Map<string, Promise<string>>();

/** The name of the folder with the workers that are bundled together. */
const together = "together";

/**
 * Bundles a worker as a deployment would. It is bundled once, however many workers start from the bundle.
 * @param entry the entry file, relative to the repository
 * @returns the path of a JSON file in the folder of the code. The file contains Miniflare's options, made from
 * wrangler.toml, and the names of the modules.
 */
export function bundleWorker(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? findOrBundle(entry);
  bundles.set(entry, known);
  return known;
}

/**
 * Bundles several workers together, for all test files of this run. Bundling them one by one would take five times the
 * CPU time.
 */
export async function bundleWorkers(entries: readonly string[]): Promise<void> {
  await makeOnce(together, (made) => bundle(entries, made));
}

async function findOrBundle(entry: string): Promise<string> {
  const name = nameOf(entry);
  const found = join(folder, together, `${name}.json`);
  if (existsSync(found)) return found;
  return join(await makeOnce(name, (made) => bundle([entry], made)), `${name}.json`);
}

function nameOf(entry: string): string {
  return entry.replace(/\.ts$/, "").replaceAll("/", "_");
}

async function bundle(entries: readonly string[], made: string): Promise<void> {
  const options = join(await makeOnce("options", readConfiguration), "options.json");
  const named = Object.fromEntries(entries.map((entry) => [nameOf(entry), entry]));
  const texts = await bundleCode(named, made);
  const known: object = JSON.parse(await readFile(options, "utf8"));
  for (const name of Object.keys(named)) {
    const modules = [{ type: "ESModule", path: `${name}.js` }, ...texts.map((path) => ({ type: "Text", path }))];
    await writeFile(join(made, `${name}.json`), JSON.stringify({ ...known, modules }));
  }
}

/**
 * Reads wrangler.toml in a process of its own, because that loads all of wrangler, which a test file otherwise does not
 * need.
 */
async function readConfiguration(made: string): Promise<void> {
  const exitCode = await runNode([at("test/support/configuration-program.ts"), join(made, "options.json")]);
  if (exitCode !== 0) throw new Error("wrangler.toml cannot be read");
}

/**
 * Makes a folder of this run, unless it exists already.
 * @param name the folder's name
 * @param fill fills the folder at the path that it gets
 * @returns the folder's path
 */
async function makeOnce(name: string, fill: (made: string) => Promise<void>): Promise<string> {
  const target = join(folder, name);
  if (existsSync(target)) return target;
  await mkdir(folder, { recursive: true });
  const made = await mkdtemp(join(folder, "new-"));
  await fill(made);
  // Another test file may have been faster; its folder has the same content.
  await rename(made, target).catch((error: unknown) => {
    if (!existsSync(target)) throw error;
  });
  return target;
}
