import { launcherKit } from "./kit.ts";
import type { LauncherKit } from "./kit.ts";

/** The launcher, for whoever imports the element. In the build for the script tag, `borrowed.ts` takes this file's place. */
export const launcher: LauncherKit = launcherKit;
