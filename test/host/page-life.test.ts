// The chat survives whatever happens to the page around it: routers that swap or morph the body, scripts that run
// again, and elements that the page moves.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import {
  answerInParts,
  answerSlowly,
  answersOn,
  ask,
  askAndWait,
  lastWord,
  nextPart,
  openPanel,
  questionsOn,
  setStage,
  still,
  waitForAnswer,
  wholeAnswer,
} from "../e2e/stage.ts";
import type { Stage } from "../e2e/stage.ts";
import { routers } from "./routers.ts";
import { showPage } from "./show-page.ts";
import type { HostPage, ShownPage } from "./show-page.ts";

let stage: Stage;
let context: BrowserContext;
let clear: () => Promise<void>;

before(async () => {
  stage = await setStage();
  ({ context, clear } = await shareContext(stage, still));
});

afterEach(() => clear());

after(() => stage.close());

const tag = `<script src="WORKER/rivulet.js" data-assistant="anthropic" async></script>`;
const nextPage = "<h1>Cake</h1><p>Another page.</p>";

const inHead = `<!doctype html><html lang="en"><head><title>A shop</title>${tag}</head><body><h1>Tea</h1></body></html>`;
const inBody = `<!doctype html><html lang="en"><head><title>A shop</title></head><body><h1>Tea</h1>${tag}</body></html>`;

const show = (html: string, more: Partial<HostPage> = {}): Promise<ShownPage> =>
  showPage(context, stage, { html, script: routers, ...more });

/** Calls one of the routers with the next page's HTML. */
const go = (page: Page, router: string, html = ""): Promise<unknown> =>
  page.evaluate(`${router}(${JSON.stringify(html.replaceAll("WORKER", stage.proxy.url))})`);

const chats = (page: Page) => page.locator("rivulet-chat");

/** Waits until the page has exactly one chat, which is open, or closed if `isOpen` is false. */
async function assertOneChat(page: Page, { isOpen = true } = {}): Promise<void> {
  await eventually(async () => {
    assert.equal(await chats(page).count(), 1);
    assert.equal(await page.locator("rivulet-chat [part~=launcher]").count(), 1);
    assert.equal(await page.locator("rivulet-chat [part~=input]").isVisible(), isOpen);
  });
}

for (const { router, html, body } of [
  { router: "turboVisit", html: inHead, body: nextPage },
  { router: "turboVisit", html: inBody, body: nextPage + tag },
  { router: "morph", html: inHead, body: nextPage },
  { router: "morph", html: inBody, body: nextPage + tag },
  { router: "swapContents", html: inHead, body: nextPage },
  { router: "swapContents", html: inBody, body: nextPage + tag },
  { router: "astroVisit", html: inHead, body: nextPage },
  { router: "astroVisit", html: inBody, body: nextPage + tag },
]) {
  test(`${router}, with the script tag in the ${html === inHead ? "head" : "body"}: the answer continues`, async () => {
    const { page, lines } = await show(html);
    await openPanel(page);
    answerInParts(stage.upstream);
    await ask(page, "When is tea?");
    await waitForAnswer(page, "word3 ");
    await page.locator("rivulet-chat [part~=input]").fill("And then");
    await go(page, router, body);
    await page.getByText("Another page.").waitFor();
    await nextPart(stage.upstream);
    await waitForAnswer(page, lastWord);
    await assertOneChat(page);
    assert.deepEqual(await answersOn(page), [wholeAnswer]);
    assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "And then");
    assert.equal(stage.upstream.requests.length, 1);
    assert.deepEqual(lines, []);
  });
}

for (const mode of ["popup", "inline"]) {
  for (const html of [inHead, inBody]) {
    const place = html === inHead ? "head" : "body";
    test(`a link and Back with a cached body, script tag in the ${place}, mode ${mode}: one chat`, async () => {
      const withMode = (page: string) => page.replace("data-assistant", `data-mode="${mode}" data-assistant`);
      const { page, lines } = await show(withMode(html));
      answerSlowly(stage.upstream, 0);
      if (mode === "popup") await openPanel(page);
      await askAndWait(page, "When is tea?");
      await go(page, "turboVisit", html === inHead ? nextPage : nextPage + withMode(tag));
      await assertInUse(page);
      await go(page, "turboBack");
      await page.getByRole("heading", { name: "Tea" }).waitFor();
      await assertInUse(page);
      assert.deepEqual(lines, []);
    });
  }
}

async function assertInUse(page: Page): Promise<void> {
  await assertOneChat(page);
  await eventually(async () => assert.deepEqual(await questionsOn(page), ["When is tea?"]));
}

test("a chat that the page removes stays away, until its script runs again", async () => {
  const { page, lines } = await show(inHead);
  await chats(page).waitFor({ state: "attached" });
  await page.evaluate(`document.querySelector("rivulet-chat").remove()`);
  await page.evaluate("new Promise(requestAnimationFrame)");
  assert.equal(await chats(page).count(), 0);
  await go(page, "swapContents", nextPage + tag);
  await openPanel(page);
  await assertOneChat(page);
  assert.deepEqual(lines, []);
});

test("the next page's settings apply", async () => {
  const themed = tag.replace("async", `data-theme="dark" async`);
  const { page } = await show(inBody);
  await openPanel(page);
  await go(page, "turboVisit", nextPage + themed);
  await eventually(async () => assert.equal(await chats(page).getAttribute("theme"), "dark"));
  await assertOneChat(page);
});

test("the next page's chat replaces that of another assistant", async () => {
  const { page, lines } = await show(inBody);
  await openPanel(page);
  await go(page, "turboVisit", nextPage + tag.replace("anthropic", "azure"));
  await eventually(async () => {
    assert.equal(await chats(page).count(), 1);
    assert.equal(await chats(page).getAttribute("assistant"), "azure");
  });
  assert.deepEqual(lines, []);
});

test("the script tag twice: one chat, one line on the console", async () => {
  const { page, lines } = await show(inHead.replace("<h1>", `${tag}<h1>`));
  await page.waitForLoadState("load");
  await openPanel(page);
  await assertOneChat(page);
  assert.equal(lines.length, 1, lines.join("\n"));
  assert.match(lines.join(), /^Rivulet Chat: duplicate script tag:/);
});

test("a component that adds the script, is unmounted and mounts again: one chat", async () => {
  const mount = `const script = Object.assign(document.createElement("script"), { src: "WORKER/rivulet.js" });
    script.dataset.assistant = "anthropic";
    script.onload = () => (window.runs = (window.runs ?? 0) + 1);
    document.head.append(script);`;
  const { page, lines } = await show(`<!doctype html><html lang="en"><body><script>${mount}</script></body></html>`);
  await page.waitForFunction("window.runs === 1");
  await page.evaluate(`document.querySelector("script[data-assistant]").remove();
    ${mount.replaceAll("WORKER", stage.proxy.url)}`);
  await page.waitForFunction("window.runs === 2");
  await openPanel(page);
  await assertOneChat(page);
  assert.deepEqual(lines, []);
});

for (const [name, html] of [
  ["type=module", `<!doctype html><html lang="en"><body>${tag.replace("async", `type="module"`)}`],
  [
    "type=module, twice",
    `<!doctype html><html lang="en"><body>${`${tag.replace("async", `type="module"`)}`.repeat(2)}`,
  ],
  [
    "an import",
    `<!doctype html><html lang="en"><body><script type="module">
    const url = "WORKER/rivulet.js?assistant=anthropic";
    await import(url);
    window.isDone = true;
  </script>`,
  ],
] as const) {
  test(`${name}: ${name === "an import" ? "the console says what to do" : "one chat that works"}`, async () => {
    const { page, lines } = await show(html);
    if (name === "an import") {
      await page.waitForFunction("window.isDone");
      assert.match(lines.join(), /no script tag/);
      assert.equal(lines.length, 1);
      return;
    }
    answerSlowly(stage.upstream, 0);
    await openPanel(page);
    await askAndWait(page, "When is tea?");
    await assertOneChat(page);
    assert.ok(lines.length <= 1, lines.join("\n"));
  });
}

const element = (attributes: string) =>
  `<rivulet-chat endpoint="WORKER" assistant="anthropic" ${attributes}></rivulet-chat>`;

const defined = `<script type="module">await import("WORKER/panel.js");</script>`;
const ownElement = (more = "") =>
  `<!doctype html><html lang="en"><head>${defined}</head><body><main>${element(`mode="popup"`)}</main>${more}</body></html>`;

test("an element of the page: that of the next page continues, and that of a cached one", async () => {
  const { page, lines } = await show(ownElement());
  await openPanel(page);
  answerInParts(stage.upstream, { parts: 3 });
  await ask(page, "When is tea?");
  await waitForAnswer(page, "word3 ");
  await page.locator("rivulet-chat [part~=input]").fill("And then");
  await go(page, "turboVisit", nextPage + element(`mode="popup"`));
  await page.getByText("Another page.").waitFor();
  await nextPart(stage.upstream);
  await waitForAnswer(page, "word15 ");
  await assertOneChat(page);
  assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "And then");
  await page.locator("rivulet-chat").getByRole("button", { name: "Close", exact: true }).click();
  await go(page, "turboBack");
  await assertOneChat(page, { isOpen: false }); // although the cached copy's attribute says that it is open
  await nextPart(stage.upstream);
  await openPanel(page);
  await waitForAnswer(page, lastWord);
  assert.deepEqual(await answersOn(page), [wholeAnswer]);
  assert.equal(stage.upstream.requests.length, 1);
  assert.deepEqual(lines, []);
});

test("an element that the page moves keeps the reader's place, its draft and its panel", async () => {
  const { page } = await show(ownElement(`<aside></aside>`));
  await openPanel(page);
  answerSlowly(stage.upstream, 0);
  for (const question of ["When is tea?", "And cake?", "And bread?"]) await askAndWait(page, question);
  await page.locator("rivulet-chat [part~=input]").fill("And then");
  const area = page.locator("rivulet-chat [part~=messages]");
  const top = await area.evaluate((element) => (element.scrollTop = 120));
  await page.waitForTimeout(1000); // the visitor reads here for a moment
  for (const pauseMs of [0, 200]) {
    await page.evaluate(`(async () => {
      const chat = document.querySelector("rivulet-chat");
      const away = document.createDocumentFragment();
      away.append(chat);
      if (${pauseMs} > 0) await new Promise((done) => setTimeout(done, ${pauseMs}));
      document.querySelector("aside").append(chat);
    })()`);
    await page.waitForTimeout(1000); // time in which something could scroll it
    const now = await area.evaluate(({ scrollTop }) => scrollTop);
    assert.ok(Math.abs(now - top) <= 2, `after ${pauseMs} ms: ${now} instead of ${top}`);
    assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "And then");
    await assertOneChat(page);
  }
});

test("two elements with the same assistant show one conversation, and each keeps whether it is open", async () => {
  const html = `<!doctype html><html lang="en"><body>${element(`id="inline"`)}${tag}</body></html>`;
  const { page, lines } = await show(html, { script: "" });
  await page.locator("rivulet-chat[mode=popup] [part~=launcher]").click();
  const popup = page.locator("rivulet-chat[mode=popup]");
  const inline = page.locator("#inline");
  for (const each of [popup, inline]) await each.locator("[part~=input]").waitFor();
  answerSlowly(stage.upstream, 0);
  await inline.locator("[part~=input]").fill("When is tea?");
  await inline.locator("[part~=input]").press("Enter");
  for (const each of [popup, inline])
    await eventually(async () => {
      assert.deepEqual(await each.locator("[part~=question]").allTextContents(), ["When is tea?"]);
      assert.equal((await each.locator("[part~=answer]").textContent())?.trim(), wholeAnswer);
    });
  assert.equal(stage.upstream.requests.length, 1);
  await inline.locator("[part~=input]").fill("A thought");
  await page.reload();
  for (const each of [popup, inline]) await each.locator("[part~=input]").waitFor();
  await popup.getByRole("button", { name: "Close", exact: true }).click();
  await inline.locator("[part~=input]").fill("Another thought");
  await page.reload();
  await popup.locator("[part~=launcher]").hover(); // loads the element
  await eventually(async () => assert.equal(await inline.locator("[part~=input]").inputValue(), "Another thought"));
  assert.equal(await popup.locator("[part~=input]").isVisible(), false);
  assert.deepEqual(lines, []);
});
