// `npm run bench [-- --quick]`: this widget beside its rivals.
import { installBench } from "./lib/install-bench.ts";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
installBench();
process.exit(await runNode([at("bench/run.ts"), ...process.argv.slice(2)], { cwd: root }));
