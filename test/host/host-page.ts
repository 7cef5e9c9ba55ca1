import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { still, type Stage } from "../e2e/stage.ts";
import { shareContext, type SharedContext } from "./shared-context.ts";

/** Sizes of windows, in CSS pixels. */
export const desktop = { width: 1000, height: 720 };
export const phone = { width: 390, height: 844 };

/** A page of somebody else, in a browser tab of its own. */
export interface HostPage extends AsyncDisposable {
  page: Page;
}

/** Options of {@link visitHost}. */
export interface HostOptions {
  /** The size of the window. Default: {@link desktop}. */
  viewport?: { width: number; height: number };
  /** What the visitor prefers. */
  colorScheme?: "light" | "dark";
  /** Attributes of the script tag. */
  tag?: string;
  /** Runs before the page's own scripts. */
  script?: string;
}

/** Opens a page that ends with the chat's script tag. A script error of the page fails the test. */
export async function visitHost(
  stage: Stage,
  html: string,
  { tag = "", script = "", viewport = desktop, colorScheme = "light" }: HostOptions = {},
): Promise<HostPage> {
  const { context, clear } = await contextOf(stage);
  const chat = `<script src="${stage.proxy.url}/rivulet.js" data-assistant="anthropic" ${tag}></script>`;
  stage.site.pages.set("/host", { html: html + chat });
  const page = await context.newPage();
  await page.addInitScript(script);
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  const errors: Error[] = [];
  page.on("pageerror", (error) => errors.push(error));
  await page.goto(`${stage.site.url}/host`);
  await launcherOf(page).waitFor({ state: "attached" });
  return {
    page,
    async [Symbol.asyncDispose]() {
      await clear();
      assert.deepEqual(errors, []);
    },
  };
}

const contexts = new WeakMap<Stage, Promise<SharedContext>>();

/** The context of all pages of a stage. */
function contextOf(stage: Stage): Promise<SharedContext> {
  const context = contexts.get(stage) ?? shareContext(stage, still);
  contexts.set(stage, context);
  return context;
}

/** The beginning of a page that is made for phones too. */
export const doctype = `<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">`;

export const launcherOf = (page: Page) => page.locator("rivulet-chat [part~=launcher]");
export const panelOf = (page: Page) => page.locator("rivulet-chat [part~=panel]");
export const closeButtonOf = (page: Page) => page.locator("rivulet-chat [part~=header] [aria-label='Close']");

/** The free space between a box and the edges of the window, in CSS pixels of the window. */
export interface Gaps {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export async function gapsOf(page: Page, locator = launcherOf(page)): Promise<Gaps> {
  const box = await locator.boundingBox();
  const { width, height } = page.viewportSize() ?? desktop;
  assert.ok(box, "it has no box");
  return { top: box.y, left: box.x, right: width - box.x - box.width, bottom: height - box.y - box.height };
}

/** What a click in the middle of a box would meet: `launcher` or `panel`, or the id of an element of the page. */
export async function hitIn(page: Page, locator = launcherOf(page)): Promise<string> {
  const box = await locator.boundingBox();
  assert.ok(box, "it has no box");
  return page.evaluate(`{
    const at = [${box.x + box.width / 2}, ${box.y + box.height / 2}];
    const outer = document.elementFromPoint(...at);
    const inner = outer?.shadowRoot?.elementFromPoint(...at) ?? outer;
    const part = inner?.closest("[part~=launcher], [part~=panel]");
    part?.part.value ?? inner?.closest("[id]")?.id ?? "the page";
  }`);
}

/** The launcher is in the corner at the end of the window, whole, and can be clicked. */
export async function assertInCorner(page: Page): Promise<void> {
  await eventually(async () => {
    const { right, bottom } = await gapsOf(page);
    assert.ok(right >= 15 && right <= 45, `the launcher is ${right} px from the right edge`);
    assert.ok(bottom >= 15 && bottom <= 45, `the launcher is ${bottom} px from the bottom edge`);
    assert.equal(await hitIn(page), "launcher");
  });
}

/** The open panel is inside the window, and nothing covers it. */
export async function assertOnTop(page: Page): Promise<void> {
  await eventually(async () => {
    for (const [edge, gap] of Object.entries(await gapsOf(page, panelOf(page))))
      assert.ok(gap >= 0, `the panel is ${-gap} px beyond the ${edge} edge`);
    for (const each of [panelOf(page), closeButtonOf(page), page.locator("rivulet-chat [part~=input]")])
      assert.equal(await hitIn(page, each), "panel");
  });
}

/** The open panel has the screen to itself. */
export async function assertFillsScreen(page: Page): Promise<void> {
  await eventually(async () => {
    for (const gap of Object.values(await gapsOf(page, panelOf(page))))
      assert.ok(Math.abs(gap) < 1, `an edge of the panel is ${gap} px away from the edge of the screen`);
  });
  await assertOnTop(page);
}

/** Whether the panel matches a selector. */
export const isShownAs = (page: Page, selector: string) =>
  page.evaluate<boolean>(
    `document.querySelector("rivulet-chat").shadowRoot.querySelector("[part~=panel]").matches("${selector}")`,
  );
