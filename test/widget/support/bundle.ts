import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePanel, bundleScriptTag } from "../../../scripts/lib/bundle.ts";

let folder: Promise<string> | undefined;

/** Builds the widget once, like `npm run build`: a classic script and the module that it loads. */
export function bundleWidget(): Promise<string> {
  folder ??= bundleInto(mkdtempSync(join(tmpdir(), "rivulet-widget-")));
  return folder;
}

/** Reads one of the built files. */
export async function readBundle(name: string): Promise<string> {
  return readFileSync(join(await bundleWidget(), name), "utf8");
}

async function bundleInto(into: string): Promise<string> {
  await bundleScriptTag(into);
  await bundlePanel(into);
  return into;
}
