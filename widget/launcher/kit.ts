import { launcher as strings } from "../strings/en-launcher.ts";
import { launcherStyles } from "../styles/launcher.ts";
import { tokens } from "../styles/tokens.ts";
import { ensureLauncher, showLauncher } from "../view/launcher.ts";

/** All that a launcher takes: the script tag brings it, and the chat goes on with it. */
export const launcherKit = { styles: tokens + launcherStyles, strings, ensureLauncher, showLauncher };

export type LauncherKit = typeof launcherKit;
