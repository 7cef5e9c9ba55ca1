// Bundles the workers of all tests together, before `npm test` runs them.
import { globSync } from "node:fs";
import { root } from "../../scripts/lib/root.ts";
import { bundleWorkers } from "./bundle.ts";

const entries = globSync("test/worker/{*-,}project/*entry.ts", { cwd: root }).map((path) => path.replaceAll("\\", "/"));
await bundleWorkers(["worker/index.ts", ...entries.toSorted()]);
