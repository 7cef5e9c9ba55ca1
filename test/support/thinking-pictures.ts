import type { Browser, Page, ViewportSize } from "playwright-core";
import { ask, openPanel, setStage, type Stage } from "../e2e/stage.ts";
import { anthropicAnswer, insertAfter, type Scenario } from "../fault-server/index.ts";
import { writeSheet } from "./contact-sheet.ts";

const thinking = [
  "The visitor asks which kit fits. A south-facing balcony of 3 m takes two panels; the railing decides the mount.",
  "\n\nI should ask for the railing's kind, and mention registration.",
];

/** What a visitor can see of a model that thinks: the upstream's answer, and the words that show that it has come. */
const states: readonly { reply: Scenario; words: string; isOpened?: boolean }[] = [
  {
    reply: insertAfter(5, [{ hold: "think" }], anthropicAnswer({ thinking, text: "The large one." })),
    words: "Thinking…",
    isOpened: true,
  },
  { reply: insertAfter(2, [{ hold: "think" }], anthropicAnswer({ isThinkingOmitted: true })), words: "Thinking…" },
  {
    reply: anthropicAnswer({ thinking, text: [], stopReason: "max_tokens", usage: { output_tokens: 3048 } }),
    words: "The assistant spent too long thinking",
  },
];

/** The sheets in `docs/images/`, and the windows in which their pictures are taken. */
export const thinkingSheets = [
  { name: "thinking-desktop", viewport: { width: 700, height: 600 } },
  { name: "thinking-phone", viewport: { width: 390, height: 700 } },
] as const;

/**
 * Takes each state, light and dark, and writes them next to each other.
 * @param path of the PNG file that is written
 */
export async function takeThinking(browser: Browser, viewport: ViewportSize, path: string): Promise<void> {
  const stage = await setStage({ assistant: "thinking" });
  const row: Buffer[] = [];
  for (const state of states)
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await browser.newPage({
        viewport,
        colorScheme,
        reducedMotion: "reduce",
      });
      row.push(await takeState(page, stage, state));
      await page.close();
      stage.upstream.reset();
    }
  await writeSheet(browser, [row], path);
  await stage.close();
}

async function takeState(page: Page, stage: Stage, { reply, words, isOpened }: (typeof states)[number]) {
  stage.upstream.script(reply);
  page.setDefaultTimeout(120_000); // a busy machine needs a few seconds
  await page.goto(stage.site.url);
  await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  await ask(page, "Which kit fits a balcony of 3 m that faces south?");
  const chat = page.locator("rivulet-chat");
  await chat.getByText(words).first().waitFor();
  if (isOpened) {
    await chat.getByText("Thought process").click();
    await chat.getByText("mention registration").waitFor();
    await chat.locator("[part~=input]").focus();
  }
  await page.mouse.move(1, 1);
  await page.waitForTimeout(1000); // until nothing moves
  return chat.locator("[part~=panel]").screenshot();
}
