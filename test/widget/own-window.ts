import { emulateMedia, setViewport } from "@web/test-runner-commands";

/** Whether the tests may say how large the window is, and how the system looks: of the engines it is Chromium's alone. */
const isOurs = navigator.userAgent.includes("Chrom");

/** A test in a window that it changes; other engines leave it out. */
export const itInOwnWindow = isOurs ? it : it.skip;

/** Gives the window back its usual size and colours. */
export async function restoreWindow(): Promise<void> {
  if (!isOurs) return;
  await setViewport({ width: 1000, height: 800 });
  await emulateMedia({ colorScheme: "light" });
}
