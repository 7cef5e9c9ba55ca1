import type { LauncherKit } from "./kit.ts";

/** Names the build of a launcher, so that a chat never goes on with one of another build. Set by the build. */
declare const __RIVULET_LAUNCHER__: string;

const page: Record<symbol, LauncherKit | undefined> = globalThis;
const place = Symbol.for(__RIVULET_LAUNCHER__);

/** Puts the launcher where the chat finds it, so that nobody downloads it twice. */
export function lendLauncher(launcher: LauncherKit): void {
  page[place] = launcher;
}

/** The launcher that is in the page; undefined where a script of another build has brought the chat. */
export function borrowLauncher(): LauncherKit | undefined {
  return page[place];
}
