import { emulateMedia, executeServerCommand, setViewport } from "@web/test-runner-commands";
import { isChromium } from "./engine.ts";
import { until } from "./page.ts";

interface Size {
  width: number;
  height: number;
}

/** Defines a test that changes the window or the system's colors, which only Chromium supports. */
export const itInOwnWindow = isChromium ? it : it.skip;

const usual: Size = { width: 1000, height: 800 };

const isAsLargeAs = ({ width, height }: Size) => innerWidth === width && innerHeight === height;

let isSmall = false;

/** Resizes the window, and draws it much smaller than it is laid out. A mouse would miss what it points at. */
export async function resizeUnseen(size: Size): Promise<void> {
  if (!isChromium || (isSmall && isAsLargeAs(size))) return;
  await executeServerCommand("small-window", { width: size.width, height: size.height });
  isSmall = true;
  await until(() => isAsLargeAs(size));
}

/** Restores the window's size. */
export async function restoreWindow(): Promise<void> {
  if (!isChromium || (!isSmall && isAsLargeAs(usual))) return;
  if (isSmall) await executeServerCommand("small-window", null);
  isSmall = false;
  await setViewport(usual);
}

/** Runs something while the system forces its own colors. */
export async function inForcedColors<T>(run: () => T): Promise<T> {
  const force = async (value: "active" | null) => {
    await executeServerCommand("forced-colors", value);
    await until(() => matchMedia("(forced-colors: active)").matches === (value === "active"));
  };
  await force("active");
  try {
    return run();
  } finally {
    await force(null);
  }
}

/**
 * Turns animations on for the tests of a suite. By default, the tests ask Chromium for reduced motion: see
 * `web-test-runner.config.mjs`.
 */
export function withMotion(): void {
  if (!isChromium) return;
  before(() => emulateMedia({ reducedMotion: "no-preference" }));
  after(() => emulateMedia({ reducedMotion: "reduce" }));
}
