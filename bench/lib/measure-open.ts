import type { Browser } from "playwright-core";
import type { OpenPage } from "./build.ts";
import "../pages/open.ts";

/** Measurements of opening a long conversation and scrolling through it. Times in milliseconds. */
export interface OpenResult {
  /** The time until the newest answer can be read. */
  openMs: number;
  /** The longest task while the conversation opens; 0 if no task takes more than 50 ms. */
  openTaskMs: number;
  /** The longest task while the page scrolls to the beginning; 0 if no task takes more than 50 ms. */
  scrollTaskMs: number;
  /** The 95th percentile of the time per frame while the page scrolls. */
  scrollFrameMs: number;
}

/** The scroll speed in CSS pixels per frame: that of a person who turns the mouse wheel to look for something. */
const pixelsPerFrame = 120;

/** Opens a long conversation on one page and scrolls to its beginning. */
export async function measureOpen(browser: Browser, url: string, { page: name, query }: OpenPage): Promise<OpenResult> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  try {
    await page.goto(`${url}/${name}.html${query}`);
    await page.waitForFunction("window.openConversation !== undefined");
    await page.waitForTimeout(1_000);
    const openMs = await page.evaluate(() => window.openConversation());
    await page.waitForTimeout(2_000);
    const openTaskMs = Math.max(0, ...(await page.evaluate(() => window.longTasksSince.splice(0))));
    const frames = await page.evaluate((pixels) => window.scrollUp(pixels), pixelsPerFrame);
    await page.waitForTimeout(300);
    const scrollTaskMs = Math.max(0, ...(await page.evaluate(() => window.longTasksSince)));
    const scrollFrameMs = frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? Infinity;
    return { openMs, openTaskMs, scrollTaskMs, scrollFrameMs };
  } finally {
    await context.close();
  }
}
