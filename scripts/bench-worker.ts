// `npm run bench:worker [-- --quick]` compares this worker with a pass-through and a rival; `-- --layers` shows the cost of
// each layer.
import { installBench } from "./lib/install-bench.ts";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
installBench();
process.exit(await runNode([at("bench/worker/run.ts"), ...process.argv.slice(2)], { cwd: root }));
