// Where the chat stands on the pages of others: in its corner, inside the window, above what it should be above.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { answerSlowly, ask, lastWord, openPanel, setStage, waitForAnswer, type Stage } from "../e2e/stage.ts";

const desktop = { width: 1000, height: 720 };
const phone = { width: 390, height: 844 };

/** More text than fits into any window. */
const longText = "<p>A line of text</p>".repeat(120);

let stage: Stage;

before(async () => {
  stage = await setStage();
  answerSlowly(stage.upstream, 1);
});

after(() => stage.close());

/** A page of somebody else, in a browser window of its own. */
interface HostPage extends AsyncDisposable {
  page: Page;
}

interface HostOptions extends BrowserContextOptions {
  /** Attributes of the script tag. */
  tag?: string;
  /** Runs before the page's own scripts. */
  script?: string;
}

/** Opens a page that ends with the chat's script tag. */
async function visitHost(html: string, { tag = "", script = "", ...options }: HostOptions = {}): Promise<HostPage> {
  const context = await stage.browser.newContext({ viewport: desktop, reducedMotion: "reduce", ...options });
  const chat = `<script src="${stage.proxy.url}/rivulet.js" data-assistant="anthropic" ${tag}></script>`;
  await context.addInitScript(script);
  stage.site.pages.set("/host", html + chat);
  const page = await context.newPage();
  await page.goto(`${stage.site.url}/host`);
  await launcherOf(page).waitFor({ state: "attached" });
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

const doctype = `<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">`;

const launcherOf = (page: Page) => page.locator("rivulet-chat [part~=launcher]");
const panelOf = (page: Page) => page.locator("rivulet-chat [part~=panel]");
const closeButtonOf = (page: Page) => page.locator("rivulet-chat [part~=header] [aria-label='Close chat']");

/** The free space between a box and the edges of the window, in CSS pixels of the window. */
interface Gaps {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

async function gapsOf(page: Page, locator = launcherOf(page)): Promise<Gaps> {
  const box = await locator.boundingBox();
  const { width, height } = page.viewportSize() ?? desktop;
  assert.ok(box, "it has no box");
  return { top: box.y, left: box.x, right: width - box.x - box.width, bottom: height - box.y - box.height };
}

/** What a click in the middle of a box would meet: `launcher` or `panel`, or the id of an element of the page. */
async function hitIn(page: Page, locator = launcherOf(page)): Promise<string> {
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
async function assertInCorner(page: Page): Promise<void> {
  await eventually(async () => {
    const { right, bottom } = await gapsOf(page);
    assert.ok(right >= 15 && right <= 45, `the launcher is ${right} px from the right edge`);
    assert.ok(bottom >= 15 && bottom <= 45, `the launcher is ${bottom} px from the bottom edge`);
    assert.equal(await hitIn(page), "launcher");
  });
}

/** The open panel is inside the window, and nothing covers it. */
async function assertOnTop(page: Page): Promise<void> {
  await eventually(async () => {
    for (const [edge, gap] of Object.entries(await gapsOf(page, panelOf(page))))
      assert.ok(gap >= 0, `the panel is ${-gap} px beyond the ${edge} edge`);
    for (const each of [panelOf(page), closeButtonOf(page), page.locator("rivulet-chat [part~=input]")])
      assert.equal(await hitIn(page, each), "panel");
  });
}

const layouts: Record<string, string> = {
  "no styles": `${doctype}<body>${longText}`,
  "`transform` on html": `${doctype}<html style="transform: translateZ(0)"><body>${longText}`,
  "`transform` on body": `${doctype}<body style="transform: translateZ(0)">${longText}`,
  "`transform` on body, which is shorter than the window": `${doctype}<body style="transform: scale(1)">A line`,
  "a body that an animation has moved into place": `${doctype}
    <style>@keyframes rise { from { transform: translateY(9px) } to { transform: none; translate: 0 } }
    body { animation: rise 1ms both }</style><body>${longText}`,
  "`filter` on html": `${doctype}<html style="filter: grayscale(1)"><body>${longText}`,
  "`filter` on body": `${doctype}<body style="filter: grayscale(1)">${longText}`,
  "`contain` on body": `${doctype}<body style="contain: layout paint">${longText}`,
  "`will-change` on body": `${doctype}<body style="will-change: transform">${longText}`,
  "`zoom` on html": `${doctype}<html style="zoom: 1.25"><body>${longText}`,
  "`zoom` on body": `${doctype}<body style="zoom: 1.25">${longText}`,
  "a root font size of 62.5 %": `${doctype}<html style="font-size: 62.5%"><body>${longText}`,
  "quirks mode": `<body>${longText}`,
  "a body that is a stacking context below the page": `${doctype}<html style="background: white">
    <body style="position: relative; z-index: -1">${longText}`,
  "a body that scrolls instead of the window": `${doctype}<style>html, body { height: 100%; overflow: hidden }</style>
    <body style="overflow: auto; margin: 0">${longText}`,
};

/** The open panel has the screen to itself. */
async function assertFillsScreen(page: Page): Promise<void> {
  await eventually(async () => {
    for (const gap of Object.values(await gapsOf(page, panelOf(page))))
      assert.ok(Math.abs(gap) < 1, `an edge of the panel is ${gap} px away from the edge of the screen`);
  });
  await assertOnTop(page);
}

for (const [name, html] of Object.entries(layouts)) {
  test(`stands in its corner, opens inside the window, and fills a phone's screen: ${name}`, async () => {
    await using host = await visitHost(html);
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

/** A button of the page in the middle of the window, which notes that it was clicked. */
const pageButton = `<button id="own" onclick="this.dataset.clicked = ''"
  style="position: fixed; inset: 0; margin: auto; width: 9em; height: 3em">The page's own</button>`;

const clickOwnButton = async (page: Page) => {
  await page.mouse.click(desktop.width / 2, desktop.height / 2);
  return page.evaluate<boolean>(`document.getElementById("own").matches("[data-clicked]")`);
};

/** Whether the panel matches a selector. */
const isShownAs = (page: Page, selector: string) =>
  page.evaluate<boolean>(
    `document.querySelector("rivulet-chat").shadowRoot.querySelector("[part~=panel]").matches("${selector}")`,
  );

/** Opens the panel as a script of the page would, once it is loaded. */
const openByScript = (page: Page) => page.evaluate(`document.querySelector("rivulet-chat").setAttribute("open", "")`);

test("an open panel is above a sticky header, on a phone too", async () => {
  const header = `<header id="header" style="position: sticky; top: 0; height: 64px; z-index: 2147483647"></header>`;
  await using host = await visitHost(`${doctype}<body style="margin: 0">${header}`, { viewport: phone });
  const { page } = host;
  await openPanel(page);
  await assertFillsScreen(page);
  await closeButtonOf(page).click();
  await panelOf(page).waitFor({ state: "hidden" });
});

test("without popovers an open panel is above a sticky header all the same", async () => {
  const header = `<header id="header" style="position: sticky; top: 0; height: 90%; z-index: 2147483646"></header>`;
  const script = `delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.hidePopover;
    const { supports } = CSS; const { replaceSync } = CSSStyleSheet.prototype;
    CSSStyleSheet.prototype.replaceSync = function (text) {
      replaceSync.call(this, text.replaceAll(":popover-open", ":unknown-here"));
    };`;
  await using host = await visitHost(`${doctype}<html style="height: 100%"><body style="height: 100%">${header}`, {
    script,
  });
  await assertInCorner(host.page);
  await openPanel(host.page);
  await assertOnTop(host.page);
});

test("a cookie banner covers the launcher, and an open panel covers the banner", async () => {
  const banner = `<div id="banner" style="position: fixed; inset: auto 0 0; height: 50%; z-index: 99999"></div>`;
  await using host = await visitHost(`${doctype}${banner}`);
  const { page } = host;
  await eventually(async () => assert.equal(await hitIn(page), "banner"));
  await launcherOf(page).focus();
  await page.keyboard.press("Enter");
  await page.locator("rivulet-chat [part~=input]").waitFor();
  await assertOnTop(page);
});

for (const [name, { isInShadow }] of Object.entries({
  "modal dialog": { isInShadow: false },
  "modal dialog in a shadow tree": { isInShadow: true },
})) {
  test(`the page's ${name} is above the panel, whichever was opened first`, async () => {
    const dialog = `<dialog id="dialog" style="width: 90%; height: 90%"><button onclick="this.closest('dialog').close()">
      OK</button></dialog>`;
    const script = `const put = () => { ${
      isInShadow ? `holder.attachShadow({ mode: "open" }).innerHTML = holder.innerHTML;` : ""
    } dialog = (holder.shadowRoot ?? document).querySelector("dialog"); }`;
    await using host = await visitHost(
      `${doctype}${pageButton}<div id="holder">${dialog}</div><script>var dialog; ${script}; put()</script>`,
    );
    const { page } = host;
    const assertUnder = () =>
      eventually(async () => {
        assert.equal(await panelOf(page).isVisible(), true);
        assert.notEqual(await hitIn(page, panelOf(page)), "panel");
        assert.equal(await page.evaluate(`dialog.matches(":modal") && (dialog.getRootNode().elementFromPoint(
          innerWidth - 60, innerHeight - 200)) === dialog`), true, "the dialog is on top"); // prettier-ignore
      });
    await openPanel(page);
    await page.evaluate("dialog.showModal()");
    await assertUnder();
    await page.evaluate("dialog.close()");
    await assertOnTop(page);
    await closeButtonOf(page).click();
    await panelOf(page).waitFor({ state: "hidden" });

    await page.evaluate("dialog.showModal()");
    await openByScript(page);
    await assertUnder();
    await page.evaluate("dialog.close()");
    if (isInShadow) await page.locator("rivulet-chat [part~=input]").click(); // nothing tells the chat before
    await assertOnTop(page);
    assert.equal(await clickOwnButton(page), true, "the page can be used next to the panel");
  });
}

test("a panel that the page makes inert covers nothing, until it is inert no more", async () => {
  const cover = `<div id="cover" style="position: fixed; inset: 0; z-index: 99999"></div>`;
  await using host = await visitHost(`${doctype}<body>`);
  const { page } = host;
  await openPanel(page);
  await page.evaluate(`document.documentElement.insertAdjacentHTML("beforeend", ${JSON.stringify(cover)});
    document.body.inert = true`);
  await eventually(async () => assert.equal(await hitIn(page, panelOf(page)), "cover"));
  await page.evaluate(`document.body.inert = false`);
  await assertOnTop(page);
});

test("an element that the page shows in full screen is above the panel, which is there again afterwards", async () => {
  await using host = await visitHost(`${doctype}<div id="film" style="background: black"></div>`);
  const { page } = host;
  await openPanel(page);
  await page.evaluate("film.requestFullscreen()");
  await eventually(async () => assert.equal(await hitIn(page, panelOf(page)), "film"));
  await page.evaluate("document.exitFullscreen()");
  await assertOnTop(page);
});

test("a panel that fills the screen is modal: what is behind it is inert", async () => {
  await using host = await visitHost(`${doctype}<a href="#own">Before</a>${pageButton}`, { viewport: phone });
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
  await panelOf(page).waitFor({ state: "hidden" }); // as Android's back gesture does
  await page.setViewportSize(desktop);
  assert.equal(await clickOwnButton(page), true);
});

test("stays modal when the page moves the chat, and keeps what was typed when the screen is turned", async () => {
  await using host = await visitHost(`${doctype}${pageButton}<div id="other"></div>`, { viewport: phone });
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
  const banner = `<div id="banner" style="position: fixed; inset: auto 0 0; height: 50%; z-index: 99999"></div>`;
  const settings = `data-side="start" data-inset-inline="3rem" data-inset-block="120px" data-layer="100000"`;
  await using host = await visitHost(`${doctype}${banner}`, { tag: settings });
  const { page } = host;
  const { left, bottom } = await gapsOf(page);
  assert.deepEqual([left, bottom], [48, 120]);
  assert.equal(await hitIn(page), "launcher");
  await openPanel(page);
  await assertOnTop(page);
  const open = await gapsOf(page, panelOf(page));
  assert.deepEqual([open.left, open.bottom], [48, 190]);
  await page.mouse.move(0, 0); // the launcher rises a little under the pointer
  assert.deepEqual(await gapsOf(page).then((gaps) => [gaps.left, gaps.bottom]), [48, 120]);

  const set = (name: string, value: string) =>
    page.evaluate(`document.querySelector("rivulet-chat").setAttribute("${name}", "${value}")`);
  await set("side", "end");
  await set("inset-inline", "0");
  await eventually(async () => {
    assert.equal((await gapsOf(page)).right, 0);
    assert.equal((await gapsOf(page, panelOf(page))).right, 0);
  });
  await set("inset-block", "3 bananas");
  await assertOnTop(page);
  await set("mode", "sidebar");
  await set("side", "start");
  await eventually(async () => assert.deepEqual(await gapsOf(page, panelOf(page)).then(({ left: gap, top }) => [gap, top]), [0, 0])); // prettier-ignore
});

test("settings come from `window.rivulet` too, and sides follow the page's direction", async () => {
  const script = `window.rivulet = { insetInline: "10px", insetBlock: "11px", theme: "dark" };`;
  await using host = await visitHost(`<!doctype html><html dir="rtl"><body>`, { script });
  const { page } = host;
  const { left, bottom } = await gapsOf(page);
  assert.deepEqual([left, bottom], [10, 11]);
  await openPanel(page);
  await assertOnTop(page);
  assert.equal((await gapsOf(page, panelOf(page))).left, 10);
});

test("takes no room in the page", async () => {
  const body = `<style>body { display: flex; justify-content: space-between; gap: 50px }</style><b>one</b><b id="two">two</b>`;
  await using host = await visitHost(doctype + body);
  const { page } = host;
  const measure = () => page.evaluate<string>(`JSON.stringify(two.getBoundingClientRect())`);
  const withChat = await measure();
  await openPanel(page);
  assert.equal(await measure(), withChat);
  await page.evaluate(`document.querySelector("rivulet-chat").remove()`);
  assert.equal(await measure(), withChat);
});

test("leaves room for the conversation in a window of 320 × 256", async () => {
  await using host = await visitHost(doctype, { viewport: { width: 320, height: 256 } });
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
