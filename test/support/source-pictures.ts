import type { Browser, Page, ViewportSize } from "playwright-core";
import { ask, openPanel } from "../e2e/stage.ts";
import { writeSheet } from "./contact-sheet.ts";

/** The sheets in `docs/images/`, and the windows in which their pictures are taken. */
export const sourceSheets = [
  { name: "sources-desktop", viewport: { width: 1440, height: 720 } },
  { name: "sources-phone", viewport: { width: 390, height: 720 } },
] as const;

/**
 * Takes what a visitor sees of sources, light and dark: the chips and cards of an answer, the preview of a chip, and the
 * cited words on the page. Writes the pictures next to each other.
 * @param url of the demo, whose assistant answers from its pages
 * @param path of the PNG file that is written
 */
export async function takeSources(browser: Browser, url: string, viewport: ViewportSize, path: string): Promise<void> {
  const rows: Buffer[][] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
    page.setDefaultTimeout(120_000); // a busy machine needs a few seconds
    rows.push(await takeStates(page, url));
    await page.close();
  }
  await writeSheet(browser, rows, path);
}

async function takeStates(page: Page, url: string): Promise<Buffer[]> {
  const take = async () => {
    await page.waitForTimeout(1000); // until nothing moves
    return page.screenshot();
  };
  await page.goto(`${url}/faults`);
  await openPanel(page);
  await ask(page, "What does E21 mean?");
  const chat = page.locator("rivulet-chat");
  await chat.locator(".card").first().waitFor();
  await page.mouse.move(1, 1);
  const answer = await take();
  const chip = chat.locator(".citation").first();
  await chip.click();
  await chat.locator(".preview").waitFor();
  const preview = await take();
  await chat.locator(".preview a").click();
  const marked = await take();
  return [answer, preview, marked];
}
