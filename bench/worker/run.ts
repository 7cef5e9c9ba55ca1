// `npm run bench:worker` measures the cost of a streamed answer for this worker, a pass-through, a pass-through in a
// Durable Object, and Portkey's gateway. `--layers` measures the cost of each layer between the pass-through and this
// worker. Options: --only=pass-through,rivulet --points=30x50,60x50 --runs=3, and --quick for a short run, which keeps
// its figures only with --keep.
import { endWithParent } from "../../scripts/lib/lifetime.ts";
import { runBench } from "./lib/bench.ts";
import { contestants } from "./lib/contestants.ts";
import { keepLayers, keepResults } from "./lib/keep.ts";
import { runLayers } from "./lib/layers.ts";
import { readOptions } from "./lib/options.ts";
import { clearStates } from "./lib/programs.ts";
import { layerTable, toMarkdown } from "./lib/report.ts";
import { readConditions } from "./lib/results.ts";
import { startRig } from "./lib/rig.ts";

endWithParent();
if (process.platform !== "linux") throw new Error("The benchmark reads CPU time from /proc, so it runs only on Linux.");
const options = readOptions(
  process.argv.slice(2),
  contestants.map(({ id }) => id),
);
const startedAt = performance.now();
const conditions = readConditions(options.runs);
clearStates();
const rig = await startRig();
try {
  if (options.layers) {
    const results = { conditions, ...(await runLayers(rig, options)) };
    console.log(`\n${layerTable(results)}`);
    if (options.isKept) keepLayers(results);
  } else {
    const taking = contestants.filter(({ id }) => options.only.includes(id));
    const results = { conditions, ...(await runBench(rig, taking, options)) };
    console.log(`\n${toMarkdown(results)}`);
    if (options.isKept) keepResults(results);
  }
} finally {
  await rig.stop();
}
console.log(`${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes.`);
process.exit();
