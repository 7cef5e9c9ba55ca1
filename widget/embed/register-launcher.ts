// Loaded by `panel.js` when the page has no launcher of this build.
import { launcher } from "./launcher.ts";
import { registerLauncher } from "./launcher-registry.ts";

registerLauncher(launcher);
