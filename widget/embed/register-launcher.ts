// What `panel.js` loads where the page has no launcher of this build.
import { launcherKit } from "./kit.ts";
import { lendLauncher } from "./lending.ts";

lendLauncher(launcherKit);
