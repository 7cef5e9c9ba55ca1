import { createRequire } from "node:module";
import type * as miniflare from "miniflare";

/** Loads Miniflare when it is needed. `require` takes two thirds of the time of an `import`, and loads it only once. */
export function loadMiniflare(): typeof miniflare {
  return createRequire(import.meta.url)("miniflare") as typeof miniflare;
}
