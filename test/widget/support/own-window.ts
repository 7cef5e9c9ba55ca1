import { emulateMedia, setViewport } from "@web/test-runner-commands";
import { isChromium } from "./engine.ts";

/** A test in a window that it changes, or another look of the system; none but Chromium lets a test say so. */
export const itInOwnWindow = isChromium ? it : it.skip;

/** Gives the window back its usual size and colours. */
export async function restoreWindow(): Promise<void> {
  if (!isChromium) return;
  await setViewport({ width: 1000, height: 800 });
  await emulateMedia({ colorScheme: "light" });
}
