// `npm run bench [-- --quick]`: compares this widget with others. They have their own package.json, so that a normal
// install does not include them. The first run installs them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
if (!existsSync(at("bench/node_modules"))) {
  console.error("Installing the widgets to compare with (first run only) …");
  const { status } = spawnSync("npm ci --prefix bench --loglevel=error", { cwd: root, stdio: "inherit", shell: true });
  if (status !== 0) throw new Error("The widgets to compare with could not be installed. See npm's message above.");
}
process.exit(await runNode([at("bench/run.ts"), ...process.argv.slice(2)], { cwd: root }));
