import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { shareContext, type SharedContext } from "../support/shared-context.ts";
import { still, type Stage } from "../e2e/stage.ts";

/** Sizes of windows, in CSS pixels. */
export const desktop = { width: 1000, height: 720 };
export const phone = { width: 390, height: 844 };

/** A page of somebody else's site, in a browser tab of its own. */
export interface HostPage extends AsyncDisposable {
  page: Page;
}

/** Options of {@link visitHost}. */
export interface HostOptions {
  /** The size of the window. Default: {@link desktop}. */
  viewport?: { width: number; height: number };
  /** The color scheme that the visitor prefers. Default: light. */
  colorScheme?: "light" | "dark";
  /** Attributes of the script tag. */
  tag?: string;
  /** Runs before the page's own scripts. */
  script?: string;
}

/** Opens a page that ends with the chat's script tag. Disposing of it throws if the page had a script error. */
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

/** The browser context that all pages of a stage share. */
function contextOf(stage: Stage): Promise<SharedContext> {
  const context = contexts.get(stage) ?? shareContext(stage, still);
  contexts.set(stage, context);
  return context;
}

/** The beginning of a page that is made for phones too. */
export const doctype = `<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">`;

/** Selectors of parts of the chat. */
const parts = {
  launcher: "[part~=launcher]",
  panel: "[part~=panel]",
  "close button": "[part~=header] [aria-label='Close']",
  input: "[part~=input]",
};

export const launcherOf = (page: Page) => page.locator(`rivulet-chat ${parts.launcher}`);
export const panelOf = (page: Page) => page.locator(`rivulet-chat ${parts.panel}`);
export const closeButtonOf = (page: Page) => page.locator(`rivulet-chat ${parts["close button"]}`);

/** The free space between a box and the edges of the window, in CSS pixels of the window. */
export interface Gaps {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Where a part is in the window. */
interface Place {
  gaps: Gaps;
  /** What a click in its middle would hit: `launcher` or `panel`, or the id of an element of the page. */
  hit: string;
}

/**
 * Finds where some parts are, with one call into the page for all of them: a locator's `boundingBox()` takes six times
 * the CPU time.
 */
async function placesOf<Part extends keyof typeof parts>(page: Page, ...names: Part[]): Promise<Record<Part, Place>> {
  const { width, height } = page.viewportSize() ?? desktop;
  const places = await page.evaluate<Record<Part, Place | null>>(`{
    const { shadowRoot } = document.querySelector("rivulet-chat");
    const look = (selector) => {
      const box = shadowRoot.querySelector(selector)?.getBoundingClientRect();
      if (!box?.width || !box.height) return null;
      const at = [box.x + box.width / 2, box.y + box.height / 2];
      const outer = document.elementFromPoint(...at);
      const inner = outer?.shadowRoot?.elementFromPoint(...at) ?? outer;
      const part = inner?.closest("[part~=launcher], [part~=panel]");
      const hit = part?.part.value ?? inner?.closest("[id]")?.id ?? "the page";
      const gaps = { top: box.top, right: ${width} - box.right, bottom: ${height} - box.bottom, left: box.left };
      return { gaps, hit };
    };
    Object.fromEntries(${JSON.stringify(names.map((name) => [name, parts[name]]))}.map(([name, selector]) => [name, look(selector)]));
  }`);
  const isWhole = (found: typeof places): found is Record<Part, Place> => Object.values(found).every(Boolean);
  assert.ok(isWhole(places), `a part has no box: ${JSON.stringify(places)}`);
  return places;
}

/** The free space around a part. */
export async function gapsOf(page: Page, part: keyof typeof parts = "launcher"): Promise<Gaps> {
  return (await placesOf(page, part))[part].gaps;
}

/** What a click in the middle of a part would hit: `launcher` or `panel`, or the id of an element of the page. */
export async function hitIn(page: Page, part: keyof typeof parts = "launcher"): Promise<string> {
  return (await placesOf(page, part))[part].hit;
}

/** Asserts that the launcher is in the bottom right corner, wholly inside the window, and can be clicked. */
export async function assertInCorner(page: Page): Promise<void> {
  await eventually(async () => {
    const { gaps, hit } = (await placesOf(page, "launcher")).launcher;
    const { right, bottom } = gaps;
    assert.ok(right >= 15 && right <= 45, `the launcher is ${right} px from the right edge`);
    assert.ok(bottom >= 15 && bottom <= 45, `the launcher is ${bottom} px from the bottom edge`);
    assert.equal(hit, "launcher");
  });
}

/** Asserts that the open panel is inside the window, and nothing covers it. */
export async function assertOnTop(page: Page): Promise<void> {
  await eventually(async () => {
    const places = await placesOf(page, "panel", "close button", "input");
    for (const [edge, gap] of Object.entries(places.panel.gaps))
      assert.ok(gap >= 0, `the panel is ${-gap} px beyond the ${edge} edge`);
    for (const [part, { hit }] of Object.entries(places)) assert.equal(hit, "panel", part);
  });
}

/** Asserts that the open panel fills the screen, and nothing covers it. */
export async function assertFillsScreen(page: Page): Promise<void> {
  await eventually(async () => {
    for (const gap of Object.values(await gapsOf(page, "panel")))
      assert.ok(Math.abs(gap) < 1, `an edge of the panel is ${gap} px away from the edge of the screen`);
  });
  await assertOnTop(page);
}

/** Whether the panel matches a selector. */
export const isShownAs = (page: Page, selector: string) =>
  page.evaluate<boolean>(
    `document.querySelector("rivulet-chat").shadowRoot.querySelector("[part~=panel]").matches("${selector}")`,
  );
