// `npm run bench [-- --quick]`: compares this widget with others. They have their own package.json, so that a normal
// install does not include them. The first run installs them.
import { installFolder } from "./lib/install-folder.ts";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
installFolder("bench");
process.exit(await runNode([at("bench/run.ts"), ...process.argv.slice(2)], { cwd: root }));
