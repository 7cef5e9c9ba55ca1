import type { LauncherKit } from "./kit.ts";
import { borrowLauncher } from "./lending.ts";

const borrowed = borrowLauncher();
if (!borrowed) throw new Error("panel.js has not seen to the launcher");

/** The launcher that is in the page: takes the place of `launcher.ts` in the build for the script tag. */
export const launcher: LauncherKit = borrowed;
