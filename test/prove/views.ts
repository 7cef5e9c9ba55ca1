// Takes pictures of the chat's views on the demo site, on a desktop and on a phone, light and dark:
// `npm run prove -- views [folder]`. The folder then has each picture at full size, and a sheet of all of them.
// This file uses only what every version of the chat has, so that a copy of it can take the same pictures of an earlier
// version.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { ask, openPanel } from "../e2e/stage.ts";
import { anthropicAnswer, slowly, startFaultServer } from "../fault-server/index.ts";
import { writeSheet } from "../support/contact-sheet.ts";
import { startBrowser } from "../support/site.ts";
import { technicalAnswer } from "../support/technical-answer.ts";
import { startTestWorker } from "../support/worker.ts";

/** One row of the sheet: a window and a color scheme. */
interface Row {
  name: string;
  viewport: { width: number; height: number };
  colorScheme: "light" | "dark";
}

const rows: readonly Row[] = (["light", "dark"] as const).flatMap((colorScheme): Row[] => [
  { name: `desktop-${colorScheme}`, viewport: { width: 1000, height: 720 }, colorScheme },
  { name: `phone-${colorScheme}`, viewport: { width: 390, height: 844 }, colorScheme },
  { name: `320x256-${colorScheme}`, viewport: { width: 320, height: 256 }, colorScheme },
]);

const question = "How do I check my kit, and read the inverter?";

/** @returns the names of the pictures */
export async function prove(folder = at("dist/views")): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  await using upstream = await startFaultServer();
  const pieces = technicalAnswer.match(/[^]{1,20}/g) ?? [];
  upstream.script(() => slowly(10, anthropicAnswer({ text: pieces })));
  await using worker = await startTestWorker({
    entry: "worker/index.ts",
    assets: "dist/demo",
    variables: { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: upstream.url },
  });
  const browser = await startBrowser();
  const names: string[] = [];
  const sheet: Buffer[][] = [];
  for (const row of rows) {
    const pictures = await takeRow(browser, worker.url, row, (view) => {
      names.push(`${row.name}-${view}`);
      return join(folder, `${row.name}-${view}.png`);
    });
    sheet.push(pictures);
    console.error(row.name);
  }
  await writeSheet(browser, sheet, join(folder, "sheet.png"));
  await browser.close();
  return names;
}

/** Uses the chat as a visitor would, and takes a picture of each view. */
async function takeRow(
  browser: Browser,
  url: string,
  { viewport, colorScheme }: Row,
  pathOf: (view: string) => string,
): Promise<Buffer[]> {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
  page.setDefaultTimeout(120_000); // a busy machine needs a few seconds
  const pictures: Buffer[] = [];
  const take = async (view: string) => {
    await settle(page);
    pictures.push(await page.screenshot({ path: pathOf(view) }));
  };
  await page.goto(url);
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").waitFor();
  await take("closed");
  await openPanel(page);
  await chat.locator(".welcome:not(.loading)").waitFor();
  await take("empty");
  await ask(page, question);
  await chat.locator("[part~=answer] table").waitFor();
  await take("streaming");
  await chat.locator("[part~=send]").waitFor();
  await take("answer");
  await chat.locator("[part~=question]").hover();
  await chat.getByRole("button", { name: "Edit message" }).click();
  await take("edit");
  await page.keyboard.press("Escape");
  await chat.getByRole("button", { name: "Conversations" }).first().click();
  await chat.locator(".conversation-list").waitFor();
  await take("list");
  await page.close();
  return pictures;
}

/** Waits until fonts, the highlighter, formulas and the scroll position have settled. */
async function settle(page: Page): Promise<void> {
  await page.evaluate("document.fonts.ready");
  await page.waitForTimeout(1000);
}
