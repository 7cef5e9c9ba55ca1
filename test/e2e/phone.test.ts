// A chat on a phone, with the keyboard open, in Chromium, through a real worker. The keyboard is emulated. For a
// keyboard that shrinks the layout, the window becomes smaller. For a keyboard that only shrinks and moves the visual
// viewport, there is a stand-in for `window.visualViewport`, because no browser without a keyboard does that.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import {
  answerInParts,
  answerSlowly,
  ask,
  askAndWait,
  nextPart,
  openPanel,
  setStage,
  still,
  waitForAnswer,
} from "./stage.ts";
import type { Stage } from "./stage.ts";

const screen = { width: 390, height: 844 };
const keyboardPx = 336;
const abovePx = screen.height - keyboardPx;

/** How far iOS moves the visual viewport in these tests. The layout viewport is as high as the screen. */
const movedPx = 120;

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;

before(async () => {
  stage = await setStage();
  ({ context, clear } = await shareContext(stage, { ...still, viewport: screen, hasTouch: true, isMobile: true }));
});
after(() => stage.close());
beforeEach(() => answerSlowly(stage.upstream, 0));
afterEach(() => clear());

/** Replaces the platform's visual viewport with one that the page sets with `moveViewport(top, height, scale)`. */
const standIn = `{
  const now = { offsetTop: 0, height: ${screen.height}, scale: 1 };
  const viewport = Object.create(visualViewport);
  for (const name of Object.keys(now)) Object.defineProperty(viewport, name, { get: () => now[name] });
  const target = new EventTarget();
  viewport.addEventListener = target.addEventListener.bind(target);
  Object.defineProperty(window, "visualViewport", { get: () => viewport });
  window.moveViewport = (offsetTop, height, scale = 1) => {
    Object.assign(now, { offsetTop, height, scale });
    for (const type of ["resize", "scroll"]) target.dispatchEvent(new Event(type));
  };
}`;

/** A phone's keyboard, and where the top of the visible part of the page is while the keyboard is open. */
interface Keyboard {
  topPx: number;
  open(page: Page): Promise<unknown>;
  close(page: Page): Promise<unknown>;
}

const keyboards: Record<string, Keyboard> = {
  "the visual viewport alone, as on iOS": {
    topPx: movedPx,
    open: (page) => page.evaluate(`moveViewport(${movedPx}, ${abovePx})`),
    close: (page) => page.evaluate(`moveViewport(0, ${screen.height})`),
  },
  "the layout viewport, as on Android": {
    topPx: 0,
    open: (page) => page.setViewportSize({ ...screen, height: abovePx }),
    close: (page) => page.setViewportSize(screen),
  },
};

/** Opens a long page on a phone, scrolls it, and opens the chat. */
async function visit({ style = "", script = standIn } = {}): Promise<Page> {
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width, initial-scale=1">
    <style>${style}</style><title>A shop</title><div style="height: 4000px; width: 100%">Tea</div>${stage.tag}`;
  stage.site.pages.set("/phone", { html });
  const page = await context.newPage();
  await page.addInitScript(script);
  await page.goto(`${stage.site.url}/phone`);
  await page.locator("rivulet-chat [part~=launcher]").waitFor();
  await page.evaluate(`scrollTo({ top: 1234, behavior: "instant" })`);
  await openPanel(page);
  await page.locator("rivulet-chat .panel:modal .welcome:not(.loading)").waitFor();
  return page;
}

/** The vertical edges of the last element that matches in the chat, in CSS pixels of the layout viewport. */
async function edgesOf(page: Page, selector: string): Promise<{ top: number; bottom: number }> {
  return page
    .locator(`rivulet-chat ${selector}`)
    .last()
    .evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return { top, bottom };
    });
}

/** Asserts that the header, the whole composer and the end of the last message are above the keyboard. */
async function assertVisible(page: Page, topPx: number, last = "[part~=answer]"): Promise<void> {
  await eventually(async () => {
    const header = await edgesOf(page, "[part~=header]");
    const composer = await edgesOf(page, "[part~=composer]");
    const area = await edgesOf(page, "[part~=messages]");
    const message = await edgesOf(page, last);
    assert.ok(Math.abs(header.top - topPx) < 1, `the header is at ${header.top}, not at ${topPx}`);
    assert.ok(composer.bottom <= topPx + abovePx + 1, `the composer ends at ${composer.bottom}`);
    assert.ok(area.bottom - area.top > 100, `the messages have ${area.bottom - area.top} px`);
    assert.ok(message.bottom > area.top + 20, `the last message ends at ${message.bottom}, above the view`);
    assert.ok(
      message.bottom <= area.bottom + 41,
      `the last message ends at ${message.bottom}, not above ${area.bottom}`,
    );
  });
}

const scrolledTo = (page: Page) => page.evaluate<number[]>("[scrollX, scrollY]");
const close = (page: Page) => page.locator("rivulet-chat [part~=panel]").waitFor({ state: "hidden" });
const inputOf = (page: Page) => page.locator("rivulet-chat [part~=input]");

for (const [name, keyboard] of Object.entries(keyboards)) {
  test(`composer and last message are above the keyboard: ${name}`, async () => {
    const page = await visit({ script: keyboard.topPx > 0 ? standIn : "" });
    await askAndWait(page, "When is tea?");
    await inputOf(page).focus();
    await keyboard.open(page);
    await assertVisible(page, keyboard.topPx);
    await inputOf(page).fill("And\n".repeat(12)); // the field grows to seven lines
    await assertVisible(page, keyboard.topPx);
    await inputOf(page).fill("");

    answerInParts(stage.upstream);
    await ask(page, "And cake?");
    await waitForAnswer(page, "word3 ");
    await assertVisible(page, keyboard.topPx, "[part~=question]");
    await nextPart(stage.upstream);
    await page.locator("rivulet-chat [part~=send]").waitFor();
    await keyboard.close(page);
    await eventually(async () => assert.equal((await edgesOf(page, "[part~=panel]")).bottom, screen.height));
    const entries = await page.evaluate("history.length");
    await page.keyboard.press("Escape");
    await close(page);
    assert.deepEqual(await scrolledTo(page), [0, 1234]);
    assert.equal(await page.evaluate("history.length"), entries);
  });
}

test("a visitor who zooms in has a larger panel, which does not become shorter", async () => {
  const page = await visit();
  await page.evaluate(`moveViewport(100, ${screen.height / 2}, 2)`);
  const { top, bottom } = await edgesOf(page, "[part~=panel]");
  assert.deepEqual([top, bottom], [0, screen.height]);
});

describe("the page behind keeps its place", () => {
  const styles = {
    "with smooth scrolling": "html { scroll-behavior: smooth }",
    "with a body that gives the window its overflow": "html, body { height: 100%; margin: 0 } body { overflow: auto }",
    "with important styles of its own": "html { overflow-y: scroll !important }",
  };
  for (const [name, style] of Object.entries(styles)) {
    test(name, async () => {
      const page = await visit({ style });
      const before = await scrolledTo(page);
      assert.equal(before[1], 1234);
      await page.mouse.wheel(0, 500);
      await page.evaluate(`scrollTo({ top: 900, behavior: "instant" })`); // as iOS does when the keyboard opens
      await page.keyboard.press("Escape");
      await close(page);
      assert.deepEqual(await scrolledTo(page), before);
      await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
      assert.deepEqual(await scrolledTo(page), before);
    });
  }
});

test("the back gesture closes the list, then a form, then the panel, and adds nothing to the history", async () => {
  const page = await visit();
  await askAndWait(page, "When is tea?");
  const back = () =>
    page.evaluate(`document.querySelector("rivulet-chat").shadowRoot.querySelector("dialog").requestClose()`);
  const entries = await page.evaluate("history.length");
  await page.locator("rivulet-chat .header .list").tap();
  await page.locator("rivulet-chat .entry").first().waitFor();
  await back();
  await page.locator("rivulet-chat .entry").first().waitFor({ state: "hidden" });
  await page.locator("rivulet-chat").getByLabel("Edit message").tap();
  const form = page.locator("rivulet-chat .message-form");
  await form.waitFor();
  await page.locator("rivulet-chat [part~=panel]").focus();
  await back();
  await form.waitFor({ state: "detached" });
  assert.equal(await page.locator("rivulet-chat .panel:modal").isVisible(), true);
  await back();
  await close(page);
  assert.equal(await page.evaluate("history.length"), entries);
});

test("a panel opens although the phone's part of the chat cannot be loaded", async () => {
  const page = await context.newPage();
  await page.route(/chunks\/phone-/, (route) => route.abort());
  await page.goto(stage.site.url);
  await openPanel(page);
  await askAndWait(page, "When is tea?");
  assert.equal(await page.locator("rivulet-chat .panel:modal").count(), 0);
  await page.keyboard.press("Escape");
  await close(page);
});

test("a phone requests its part with the chat, a desktop never does", async () => {
  for (const isPhone of [true, false]) {
    const page = await stage.browser.newPage({ ...still, ...(isPhone && { viewport: screen }) });
    const requested: string[] = [];
    page.on("request", (request) => requested.push(new URL(request.url()).pathname));
    await page.goto(stage.site.url);
    await page.locator("rivulet-chat [part~=launcher]").hover(); // the chat is loaded, and still closed
    await page.locator("rivulet-chat [part~=panel]").waitFor({ state: "attached" });
    const wasRequested = () => requested.some((path) => path.includes("/phone-"));
    if (isPhone) await eventually(() => assert.ok(wasRequested()));
    await openPanel(page);
    await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
    assert.equal(wasRequested(), isPhone);
    await page.close();
  }
});

test("controls are large enough for a finger, and fields for iOS not to zoom", async () => {
  const page = await visit();
  await askAndWait(page, "When is tea?");
  await page.locator("rivulet-chat").getByLabel("Edit message").tap();
  await page.locator("rivulet-chat .message-form").waitFor();
  const small = await page.evaluate<string[]>(`[...document.querySelector("rivulet-chat").shadowRoot
    .querySelectorAll("button, summary, textarea, input")].filter((each) => each.checkVisibility()).filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      const isField = each.matches("textarea, input");
      return isField ? parseFloat(getComputedStyle(each).fontSize) < 16 : Math.min(width, height) < 43.5;
    }).map((each) => each.outerHTML.slice(0, 120))`);
  assert.deepEqual(small, []);
});
