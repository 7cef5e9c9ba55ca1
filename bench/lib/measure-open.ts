import type { Browser } from "playwright-core";
import type { OpenPage } from "./build.ts";
import "../pages/open.ts";

/** Measurements of opening a long conversation and scrolling through it. Times in milliseconds. */
export interface OpenResult {
  /** Until the newest answer could be read. */
  openMs: number;
  /** The longest task while it opened; 0 where none took more than 50 ms. */
  openTaskMs: number;
  /** The longest task while one scrolled to the beginning; 0 where none took more than 50 ms. */
  scrollTaskMs: number;
  /** The time of a frame while one scrolled, 95 of 100 times at most. */
  scrollFrameMs: number;
}

/** As fast as one turns a wheel when looking for something, in CSS pixels a frame. */
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
