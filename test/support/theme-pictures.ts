import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { ask, openPanel } from "../e2e/stage.ts";
import { writeSheet } from "./contact-sheet.ts";

/** How each column of the sheet looks: the style sheet of its page, and whether the system forces its colors. */
const looks: readonly { css: () => string; forcedColors?: "active" }[] = [
  { css: () => "" },
  { css: () => readFileSync(at("widget/themes/compact.css"), "utf8") },
  { css: () => readFileSync(at("widget/themes/soft.css"), "utf8") },
  { css: () => brandedHeader() },
  { css: () => "", forcedColors: "active" },
];

/** The sheet in `docs/images/`, and the window in which each of its pictures is taken. */
export const themeSheet = { name: "themes", viewport: { width: 520, height: 760 } } as const;

/**
 * Takes the themes, the branded header and forced colors, in columns: an answer in light and in dark, and an empty chat.
 * @param url of the demo, whose assistant answers from its pages
 * @param path of the PNG file that is written
 */
export async function takeThemes(browser: Browser, url: string, path: string): Promise<void> {
  const rows: Buffer[][] = [];
  for (const { colorScheme, isAnswered } of [
    { colorScheme: "light", isAnswered: true },
    { colorScheme: "dark", isAnswered: true },
    { colorScheme: "light", isAnswered: false },
  ] as const) {
    const row: Buffer[] = [];
    for (const { css, forcedColors } of looks) {
      const { viewport } = themeSheet;
      const page = await browser.newPage({ viewport, colorScheme, forcedColors, reducedMotion: "reduce" });
      page.setDefaultTimeout(120_000); // a busy machine needs a few seconds
      await page.goto(`${url}/faults`);
      await addStyles(page, css());
      await openPanel(page);
      if (isAnswered) {
        await ask(page, "What does E21 mean?");
        await page.locator("rivulet-chat .card").first().waitFor();
      }
      await page.waitForTimeout(1000); // until nothing moves
      row.push(await page.screenshot({ clip: { x: 80, y: 0, width: 440, height: 760 } }));
      await page.close();
    }
    rows.push(row);
  }
  await writeSheet(browser, rows, path);
}

/** As a constructed style sheet: the demo's policy allows no other. */
async function addStyles(page: Page, css: string): Promise<void> {
  await page.evaluate(`{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(css)});
    document.adoptedStyleSheets.push(sheet);
  }`);
}

/** The recipe in the documentation. */
function brandedHeader(): string {
  const [, section = ""] = readFileSync(at("docs/theming.md"), "utf8").split("### A branded header");
  return /```css\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
}
