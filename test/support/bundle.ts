import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode } from "../../scripts/lib/lifetime.ts";
import { at } from "../../scripts/lib/root.ts";

/** The bundles of this run. `npm test` names one folder for all of its test files. */
const shared = process.env.RIVULET_TEST_BUNDLES;
const folder = shared ?? join(tmpdir(), `rivulet-bundles-${process.pid}`);
if (shared === undefined) process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const bundles = new Map<string, Promise<string>>();

/**
 * Bundles a worker once, however many workers start from it.
 * @param entry the entry file, relative to the repository
 * @returns the folder that `bundle-program.ts` fills
 */
export function bundleWorker(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? bundle(entry);
  bundles.set(entry, known);
  return known;
}

async function bundle(entry: string): Promise<string> {
  const target = join(folder, entry.replaceAll("/", "_"));
  if (existsSync(target)) return target;
  await mkdir(folder, { recursive: true });
  const made = await mkdtemp(join(folder, "new-"));
  if ((await runNode([at("test/support/bundle-program.ts"), entry, made])) !== 0)
    throw new Error(`${entry}: no bundle`);
  // Another test file may have been faster; its bundle is the same.
  await rename(made, target).catch((error: unknown) => {
    if (!existsSync(target)) throw error;
  });
  return target;
}
