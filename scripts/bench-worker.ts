// `npm run bench:worker [-- --quick]` compares this worker with a pass-through and a rival; `-- --layers` shows the
// cost of each layer.
import { installFolder } from "./lib/install-folder.ts";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
installFolder("bench");
process.exit(await runNode([at("bench/worker/run.ts"), ...process.argv.slice(2)], { cwd: root }));
