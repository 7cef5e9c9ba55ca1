// `npm run check`: runs every check except the tests. Prints one line per step, and the output of steps that fail.
import { buildPackage } from "./lib/build-package.ts";
import { buildWidget } from "./lib/build-widget.ts";
import { importCirclesStep } from "./lib/check/import-circles.ts";
import { checkInternalNames } from "./lib/check/internal-names.ts";
import { checkManifest } from "./lib/check/manifest.ts";
import { checkPackage } from "./lib/check/package.ts";
import { checkPaths } from "./lib/check/paths.ts";
import { checkSizes } from "./lib/check/sizes.ts";
import { toolStep, type Step } from "./lib/check/step.ts";
import { endWithParent } from "./lib/lifetime.ts";

/** The TypeScript projects. Each one has only the types of its own runtime. */
const projects = ["protocol", "worker", "widget", "demo", "scripts", "test", "test/widget"];

const steps: Step[] = [
  toolStep("format", "oxfmt/bin/oxfmt", ["--check"]),
  toolStep("lint", "oxlint/bin/oxlint", ["--deny-warnings"]),
  ...projects.map((project) => toolStep(`types: ${project}`, "typescript/lib/tsc.js", ["-p", project])),
  ...["worker", "widget"].map(importCirclesStep),
  toolStep("dead code", "knip/bin/knip.js", ["--no-progress"]),
  toolStep("assistants", undefined, ["scripts/lib/check/assistants.ts"]),
  { name: "shortened names", run: () => checkInternalNames() },
  { name: "build", run: () => Promise.all([buildWidget(), buildPackage()]).then(() => []) },
  { name: "element's manifest", run: checkManifest },
  { name: "package", run: checkPackage },
  { name: "sizes", run: checkSizes },
  { name: "paths and hosts", run: checkPaths },
];

endWithParent();
let failed = 0;
for (const { name, run } of steps) {
  const startedAt = performance.now();
  const problems = await run().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? "✓" : "✗"} ${name} (${seconds} s)`);
  for (const problem of problems) console.log(problem.replaceAll(/^/gm, "    "));
  if (problems.length > 0) failed += 1;
}
console.log(failed === 0 ? "\nAll checks passed." : `\n${failed} of ${steps.length} checks failed.`);
process.exit(failed === 0 ? 0 : 1);
