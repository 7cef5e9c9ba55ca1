import type { Launcher } from "./launcher.ts";

/** Identifies the launcher's build, so that a chat never uses the launcher of another build. Set by the build. */
declare const __RIVULET_BUILD__: string;

const registry: Record<symbol, Launcher | undefined> = globalThis;
const key = Symbol.for(`rivulet:${__RIVULET_BUILD__}`);

/** Makes a launcher available to the chat, so that the page does not download it twice. */
export function registerLauncher(launcher: Launcher): void {
  registry[key] = launcher;
}

/** The launcher in this page; undefined if a script of another build loaded the chat. */
export function registeredLauncher(): Launcher | undefined {
  return registry[key];
}
