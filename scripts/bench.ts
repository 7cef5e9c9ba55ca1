// `npm run bench [-- --quick]`: this widget beside its rivals. They have a package.json of their own, so that they weigh
// on nobody's install; the first run brings them.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { endWithParent, runNode } from "./lib/lifetime.ts";
import { at, root } from "./lib/root.ts";

endWithParent();
if (!existsSync(at("bench/node_modules"))) {
  console.error("Installing the rivals, once …");
  const { status } = spawnSync("npm ci --prefix bench --loglevel=error", { cwd: root, stdio: "inherit", shell: true });
  if (status !== 0) throw new Error("The rivals could not be installed: see npm's message above.");
}
process.exit(await runNode([at("bench/run.ts"), ...process.argv.slice(2)], { cwd: root }));
