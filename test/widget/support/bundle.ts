import { readFileSync } from "node:fs";
import { ensureWidget } from "../../../scripts/lib/build-widget.ts";
import { at } from "../../../scripts/lib/root.ts";

let built: Promise<void> | undefined;

/** Builds the widget (a classic script and the modules that it loads), unless the build is up to date. */
export function bundleWidget(): Promise<void> {
  built ??= ensureWidget();
  return built;
}

/** Reads one of the built files. */
export async function readBundle(name: string): Promise<string> {
  await bundleWidget();
  return readFileSync(at(`dist/widget/${name}`), "utf8");
}
