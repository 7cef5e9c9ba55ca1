// Where the chat is on host pages: in its corner, inside the window, and above everything that it should be above.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { anthropicAnswer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { answerSlowly, ask, lastWord, openPanel, setStage, waitForAnswer, type Stage } from "../e2e/stage.ts";
import {
  assertFillsScreen,
  assertInCorner,
  assertOnTop,
  closeButtonOf,
  desktop,
  doctype,
  gapsOf,
  hitIn,
  isShownAs,
  launcherOf,
  panelOf,
  phone,
  visitHost,
} from "./host-page.ts";
import { cookieBanner, dialogs, layouts, longText, pageButton, stickyHeader } from "./pages.ts";
import { print } from "./paper.ts";

/** An answer that fills several sheets of paper. */
const printedLines = Array.from({ length: 150 }, (_, at) => `Line ${at} of a long answer.\n\n`);

let stage: Stage;

before(async () => {
  stage = await setStage();
  answerSlowly(stage.upstream, 0);
});

after(() => stage.close());

for (const [name, html] of Object.entries(layouts)) {
  test(`stands in its corner, opens inside the window, and fills a phone's screen: ${name}`, async () => {
    await using host = await visitHost(stage, html);
    const { page } = host;
    await assertInCorner(page);
    await page.mouse.wheel(0, 900);
    await page.evaluate("new Promise(requestAnimationFrame)");
    await assertInCorner(page);
    await openPanel(page);
    await assertOnTop(page);
    await page.setViewportSize(phone);
    await assertFillsScreen(page);
    await closeButtonOf(page).click();
    await panelOf(page).waitFor({ state: "hidden" });
    await assertInCorner(page);
  });
}

const clickOwnButton = async (page: Page) => {
  await page.mouse.click(desktop.width / 2, desktop.height / 2);
  return page.evaluate<boolean>(`document.getElementById("own").matches("[data-clicked]")`);
};

/** Opens the panel as a script of the page would. */
const openByScript = (page: Page) => page.evaluate(`document.querySelector("rivulet-chat").setAttribute("open", "")`);

test("an open panel is above a sticky header, on a phone too", async () => {
  await using host = await visitHost(stage, stickyHeader, { viewport: phone });
  const { page } = host;
  await openPanel(page);
  await assertFillsScreen(page);
  await closeButtonOf(page).click();
  await panelOf(page).waitFor({ state: "hidden" });
});

test("without popovers an open panel is above a sticky header all the same", async () => {
  const header = `<header id="header" style="position: sticky; top: 0; height: 90%; z-index: 2147483646"></header>`;
  const script = `delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.hidePopover;
    const { replaceSync } = CSSStyleSheet.prototype;
    CSSStyleSheet.prototype.replaceSync = function (text) {
      replaceSync.call(this, text.replaceAll(":popover-open", ":unknown-here"));
    };`;
  await using host = await visitHost(
    stage,
    `${doctype}<html style="height: 100%"><body style="height: 100%">${header}`,
    {
      script,
    },
  );
  await assertInCorner(host.page);
  await openPanel(host.page);
  await assertOnTop(host.page);
});

test("a cookie banner covers the launcher, and an open panel covers the banner", async () => {
  await using host = await visitHost(stage, cookieBanner);
  const { page } = host;
  await eventually(async () => assert.equal(await hitIn(page), "banner"));
  await launcherOf(page).focus();
  await page.keyboard.press("Enter");
  await page.locator("rivulet-chat [part~=input]").waitFor();
  await assertOnTop(page);
});

for (const [name, html] of Object.entries(dialogs)) {
  test(`the page's ${name} is above the panel, whichever was opened first`, async () => {
    await using host = await visitHost(stage, html);
    const { page } = host;
    const assertUnder = async () => {
      assert.equal(await panelOf(page).isVisible(), true);
      await eventually(async () => assert.equal(await hitIn(page, "panel"), "dialog"));
    };
    await openPanel(page);
    await page.evaluate("modal.showModal()");
    await assertUnder();
    await page.evaluate("modal.close()");
    await assertOnTop(page);
    await closeButtonOf(page).click();
    await panelOf(page).waitFor({ state: "hidden" });

    await page.evaluate("modal.showModal()");
    await openByScript(page);
    await assertUnder();
    assert.equal(await isShownAs(page, ":popover-open"), false, "it does not cover the dialog");
    await page.evaluate("modal.close()");
    // The chat does not see the `close` event of a dialog in a shadow tree. A click in the chat has the same effect.
    await page.locator("rivulet-chat [part~=input]").click();
    await assertOnTop(page);
    assert.equal(await clickOwnButton(page), true, "the page can be used next to the panel");
  });
}

test("a panel that the page makes inert covers nothing, until it is inert no more", async () => {
  const cover = `<div id="cover" style="position: fixed; inset: 0; z-index: 99999"></div>`;
  await using host = await visitHost(stage, `${doctype}<body>`);
  const { page } = host;
  await openPanel(page);
  await page.evaluate(`document.documentElement.insertAdjacentHTML("beforeend", ${JSON.stringify(cover)});
    document.querySelector("rivulet-chat").inert = true`);
  await eventually(async () => assert.equal(await hitIn(page, "panel"), "cover"));
  await page.evaluate(`document.querySelector("rivulet-chat").inert = false`);
  await assertOnTop(page);
});

test("an element that the page shows in full screen is above the panel, which is there again afterwards", async () => {
  await using host = await visitHost(stage, `${doctype}<div id="film" style="background: black"></div>`);
  const { page } = host;
  await openPanel(page);
  await page.evaluate("film.requestFullscreen()");
  await eventually(async () => assert.equal(await hitIn(page, "panel"), "film"));
  await page.evaluate("document.exitFullscreen()");
  await assertOnTop(page);
});

test("a panel that fills the screen is modal: what is behind it is inert", async () => {
  await using host = await visitHost(stage, `${doctype}<a href="#own">Before</a>${pageButton}`, { viewport: phone });
  const { page } = host;
  await launcherOf(page).focus();
  await page.keyboard.press("Enter");
  await page.locator("rivulet-chat [part~=input]").waitFor();
  await assertFillsScreen(page);
  assert.equal(await isShownAs(page, ":modal"), true);
  const focused = () => page.evaluate<string>("document.activeElement.localName");
  for (let at = 0; at < 12; at += 1) {
    await page.keyboard.press("Tab");
    assert.ok(["rivulet-chat", "body"].includes(await focused()), `Tab left the chat for ${await focused()}`);
  }
  const regions = await page.evaluate(`[...document.querySelector("rivulet-chat").shadowRoot
    .querySelectorAll("[aria-live=polite], [aria-live=assertive]")].filter((each) => each.closest("dialog")).length`);
  assert.equal(regions, 2, "announcements are part of the dialog; outside they would be inert");

  await page.keyboard.press("Escape");
  await panelOf(page).waitFor({ state: "hidden" });
  const part = `document.querySelector("rivulet-chat").shadowRoot.activeElement?.part.value`;
  await eventually(async () => assert.equal(await page.evaluate(part), "launcher"));
  assert.equal(await page.evaluate(`document.querySelector("rivulet-chat").shadowRoot
    .querySelectorAll("dialog [aria-live=polite]").length`), 0); // prettier-ignore

  await openPanel(page);
  await page.evaluate(`document.querySelector("rivulet-chat").shadowRoot.querySelector("dialog").requestClose?.()`);
  await panelOf(page).waitFor({ state: "hidden" }); // `requestClose()` is Android's back gesture
  await page.setViewportSize(desktop);
  assert.equal(await clickOwnButton(page), true);
});

test("stays modal when the page moves the chat, and keeps what was typed when the screen is turned", async () => {
  await using host = await visitHost(stage, `${doctype}${pageButton}<div id="other"></div>`, { viewport: phone });
  const { page } = host;
  await openPanel(page);
  const input = page.locator("rivulet-chat [part~=input]");
  await input.fill("Is it");
  await page.evaluate(`other.append(document.querySelector("rivulet-chat"))`);
  await assertFillsScreen(page);
  assert.equal(await isShownAs(page, ":modal"), true);
  await input.focus();
  await page.setViewportSize(desktop);
  await eventually(() => isShownAs(page, ":popover-open:not(:modal)"));
  await page.keyboard.type(" oolong?");
  assert.equal(await input.inputValue(), "Is it oolong?");
  assert.equal(await clickOwnButton(page), true);
});

test("side, insets and layer are settings", async () => {
  const settings = `data-side="start" data-inset-inline="3rem" data-inset-block="120px" data-layer="100000"`;
  await using host = await visitHost(stage, cookieBanner, { tag: settings });
  const { page } = host;
  const { left, bottom } = await gapsOf(page);
  assert.deepEqual([left, bottom], [48, 120]);
  assert.equal(await hitIn(page), "launcher");
  await openPanel(page);
  await assertOnTop(page);
  const open = await gapsOf(page, "panel");
  assert.deepEqual([open.left, open.bottom], [48, 190]);
  await page.mouse.move(0, 0); // the launcher rises a little under the pointer
  assert.deepEqual(await gapsOf(page).then((gaps) => [gaps.left, gaps.bottom]), [48, 120]);

  const set = (name: string, value: string) =>
    page.evaluate(`document.querySelector("rivulet-chat").setAttribute("${name}", "${value}")`);
  await set("side", "end");
  await set("inset-inline", "0");
  await eventually(async () => {
    assert.equal((await gapsOf(page)).right, 0);
    assert.equal((await gapsOf(page, "panel")).right, 0);
  });
  await set("inset-block", "3 bananas");
  await assertOnTop(page);
  await set("mode", "sidebar");
  await set("side", "start");
  await eventually(async () => assert.deepEqual(await gapsOf(page, "panel").then(({ left: gap, top }) => [gap, top]), [0, 0])); // prettier-ignore
});

test("settings come from `window.rivulet` too, and sides follow the page's direction", async () => {
  const script = `window.rivulet = { insetInline: "10px", insetBlock: "11px", theme: "dark" };`;
  for (const start of [`<html dir="rtl"><body>`, `<body dir="rtl">`]) {
    await using host = await visitHost(stage, `<!doctype html>${start}`, { script });
    const { page } = host;
    const { left, bottom } = await gapsOf(page);
    assert.deepEqual([left, bottom], [10, 11]);
    await openPanel(page);
    await assertOnTop(page);
    assert.equal((await gapsOf(page, "panel")).left, 10);
  }
});

test("takes no room in the page", async () => {
  const body = `<style>body { display: flex; justify-content: space-between; gap: 50px }</style><b>one</b><b id="two">two</b>`;
  await using host = await visitHost(stage, doctype + body);
  const { page } = host;
  const measure = () => page.evaluate<string>(`JSON.stringify(two.getBoundingClientRect())`);
  const withChat = await measure();
  await openPanel(page);
  assert.equal(await measure(), withChat);
  await page.evaluate(`document.querySelector("rivulet-chat").remove()`);
  assert.equal(await measure(), withChat);
});

test("leaves room for the conversation in a window of 320 × 256", async () => {
  await using host = await visitHost(stage, doctype, { viewport: { width: 320, height: 256 } });
  const { page } = host;
  await openPanel(page);
  await ask(page, "Hello?");
  await waitForAnswer(page, lastWord);
  const answer = page.locator("rivulet-chat [part~=answer]").last();
  await answer.waitFor();
  const lines = await page.evaluate<number>(`{
    const { shadowRoot } = document.querySelector("rivulet-chat");
    const { lineHeight } = getComputedStyle(shadowRoot.querySelector("[part=answer]"));
    shadowRoot.querySelector("[part=messages]").clientHeight / parseFloat(lineHeight);
  }`);
  assert.ok(lines >= 5, `the conversation has ${lines} lines`);
  await assertFillsScreen(page);
});

test("neither launcher nor panel is on paper", async () => {
  await using host = await visitHost(stage, `${doctype}${longText}`);
  const { page } = host;
  const papers = [await print(page)];
  await openPanel(page);
  papers.push(await print(page));
  await page.setViewportSize(phone);
  await eventually(() => isShownAs(page, ":modal"));
  papers.push(await print(page));
  await page.evaluate(`document.querySelector("rivulet-chat").remove()`);
  const without = await print(page);
  assert.ok(without.sheets > 2 && without.glyphs > 1000, "the page itself is printed");
  for (const paper of papers) assert.deepEqual(paper, without);
});

test("an inline conversation is printed whole", async () => {
  stage.upstream.script(() => anthropicAnswer({ text: printedLines }));
  const style = `<style>rivulet-chat { height: 300px; overflow: hidden }</style>`;
  await using host = await visitHost(stage, `${doctype}${style}<h1>A page</h1>`, {
    tag: `data-mode="inline"`,
    colorScheme: "dark",
  });
  const { page } = host;
  await page.locator("rivulet-chat [part~=input]").waitFor();
  await ask(page, "How long is it?");
  await waitForAnswer(page, "Line 149");
  await page.locator("rivulet-chat [part~=send]").waitFor();
  const { sheets, glyphs } = await print(page);
  assert.ok(sheets >= 3, `there are ${sheets} sheets`);
  const letters = printedLines.join("").replaceAll(/\s/g, "").length;
  assert.ok(glyphs >= letters, `${glyphs} of ${letters} characters are on paper`);
  await page.emulateMedia({ media: "print" });
  for (const part of ["composer", "input"])
    assert.equal(await page.locator(`rivulet-chat [part~=${part}]`).isVisible(), false);
  assert.equal(await page.locator("rivulet-chat [part~=question]").isVisible(), true);
});
