// `npm run bench:worker [-- --quick]`: this worker beside a pass-through and a rival. `-- --layers`: what costs what in it.
import { installBench } from "./lib/install-bench.ts";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
installBench();
process.exit(await runNode([at("bench/worker/run.ts"), ...process.argv.slice(2)], { cwd: root }));
