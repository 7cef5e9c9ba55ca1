import type { LauncherStrings } from "./strings.ts";

/** English, the launcher. */
export const launcher: LauncherStrings = {
  open: "Open chat",
  close: "Close chat",
  loading: "Opening chat…",
  loadFailed: "The chat could not be loaded. Press to try again.",
};
