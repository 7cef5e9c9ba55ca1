import { launcher as strings } from "../strings/en.ts";
import { tokens } from "../styles/tokens.ts";
import { followScheme, placeCorner } from "./corner.ts";
import { drawIcon, ensureLauncher, showLauncher } from "./launcher-button.ts";
import { launcherStyles } from "./launcher-styles.ts";

/**
 * Everything that draws a launcher. In the build for the script tag, `registered-launcher.ts` replaces this file in the
 * chat, because the script tag has loaded the launcher already.
 */
export const launcher = {
  launcherSheet: tokens + launcherStyles,
  strings: { ...strings, lang: "en" },
  ensureLauncher,
  showLauncher,
  drawIcon,
  placeCorner,
  followScheme,
};

export type Launcher = typeof launcher;
