import { emulateMedia, setViewport } from "@web/test-runner-commands";
import { isChromium } from "./engine.ts";

/** Defines a test that changes the window or the system's color scheme, which only Chromium supports. */
export const itInOwnWindow = isChromium ? it : it.skip;

/** Restores the window's size and color scheme. */
export async function restoreWindow(): Promise<void> {
  if (!isChromium) return;
  await setViewport({ width: 1000, height: 800 });
  await emulateMedia({ colorScheme: "light" });
}
