// Takes the pictures in README.md and docs/ again: `npm run prove -- pictures [name …]`.
import type { Browser, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { openPanel, ask } from "../e2e/stage.ts";
import { anthropicAnswer, anthropicError, type Scenario } from "../fault-server/index.ts";
import { startDemo } from "../support/demo.ts";
import { startBrowser } from "../support/site.ts";
import { sourceSheets, takeSources } from "../support/source-pictures.ts";
import { takeThemes, themeSheet } from "../support/theme-pictures.ts";
import { takeThinking, thinkingSheets } from "../support/thinking-pictures.ts";
import { technicalAnswer } from "../support/technical-answer.ts";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
/** Higher than the answer, so that all of it is in view. */
const tall = 2400;
const technicalQuestion = "How do I check my kit, and read the inverter?";

/** One picture in `docs/images/`. */
interface Picture {
  name: string;
  viewport: { width: number; height: number };
  colorScheme?: "light" | "dark";
  /** Without a question the panel stays closed. */
  question?: string;
  /** Default: the stand-in's answer. */
  reply?: Scenario;
  /** The panel fills the page, and the picture ends below the answer. */
  isWhole?: boolean;
}

/** Formulas look right only with an OpenType math font, such as STIX Two Math or Latin Modern Math. */
const technical = {
  question: technicalQuestion,
  reply: anthropicAnswer({ text: technicalAnswer.match(/[^]{1,20}/g) ?? [] }),
  isWhole: true,
};

const pictures: readonly Picture[] = [
  { name: "launcher", viewport: desktop },
  { name: "conversation", viewport: desktop, question: "Is the battery worth it?" },
  { name: "phone", viewport: phone, question: "How do I connect the Store?" },
  { name: "dark", viewport: phone, colorScheme: "dark", question: "Which mode saves the most?" },
  {
    name: "error",
    viewport: phone,
    question: "How much does a kit produce in winter?",
    reply: anthropicError(529, "overloaded_error"),
  },
  ...(["light", "dark"] as const).flatMap((colorScheme): Picture[] => [
    { name: `answer-desktop-${colorScheme}`, viewport: { width: 740, height: tall }, colorScheme, ...technical },
    { name: `answer-phone-${colorScheme}`, viewport: { width: 390, height: tall }, colorScheme, ...technical },
  ]),
];

/**
 * @param names of the pictures to take; without one, all of them
 * @returns the names of the pictures, with their heights in pixels
 */
export async function prove(...names: string[]): Promise<Record<string, number>> {
  await using demo = await startDemo();
  const browser = await startBrowser();
  const heights: Record<string, number> = {};
  const isWanted = (name: string) => names.length === 0 || names.includes(name);
  for (const picture of pictures.filter(({ name }) => isWanted(name))) {
    demo.answerWith(picture.reply);
    heights[picture.name] = await take(browser, demo.url, picture);
  }
  demo.answerWith();
  for (const { name, viewport } of sourceSheets.filter((each) => isWanted(each.name))) {
    await takeSources(browser, demo.url, viewport, at(`docs/images/${name}.png`));
    heights[name] = viewport.height;
  }
  for (const { name, viewport } of thinkingSheets.filter((each) => isWanted(each.name))) {
    await takeThinking(browser, viewport, at(`docs/images/${name}.png`));
    heights[name] = viewport.height;
  }
  if (isWanted(themeSheet.name)) {
    await takeThemes(browser, demo.url, at(`docs/images/${themeSheet.name}.png`));
    heights[themeSheet.name] = themeSheet.viewport.height;
  }
  await browser.close();
  return heights;
}

async function take(browser: Browser, url: string, picture: Picture): Promise<number> {
  const { name, viewport, colorScheme = "light", question, isWhole = false } = picture;
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
  page.setDefaultTimeout(120_000); // a busy machine needs a few seconds
  await page.goto(url);
  const chat = page.locator("rivulet-chat");
  await chat.locator("[part~=launcher]").waitFor();
  if (isWhole) await chat.evaluate((element) => element.setAttribute("mode", "fullscreen"));
  if (question !== undefined) await talk(page, question, picture.reply === undefined || isWhole);
  const height = isWhole ? await bottomOfAnswer(page) : viewport.height;
  await page.screenshot({ path: at(`docs/images/${name}.png`), clip: { x: 0, y: 0, width: viewport.width, height } });
  await page.close();
  return height;
}

/** Asks, and waits until the answer is complete, or until the error is shown. */
async function talk(page: Page, question: string, isAnswered: boolean): Promise<void> {
  await openPanel(page);
  await ask(page, question);
  const chat = page.locator("rivulet-chat");
  await (
    isAnswered ? chat.locator(".actions button").last() : chat.getByRole("button", { name: "Try again" })
  ).waitFor();
  await page.waitForTimeout(1500); // until the highlighter, formulas and the scroll position have settled
}

async function bottomOfAnswer(page: Page): Promise<number> {
  const box = await page.locator("rivulet-chat .actions").last().boundingBox();
  return Math.ceil((box?.y ?? 0) + (box?.height ?? 0) + 8);
}
