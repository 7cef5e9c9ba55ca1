import type { Launcher } from "./launcher.ts";
import { registeredLauncher } from "./launcher-registry.ts";

const registered = registeredLauncher();
if (!registered) throw new Error("panel.js did not register a launcher");

/** The launcher that the script tag registered. The build for the script tag replaces `launcher.ts` with this file. */
export const launcher: Launcher = registered;
