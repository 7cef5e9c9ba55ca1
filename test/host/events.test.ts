// Pages that listen to many events: hotkeys, smooth scrolling, focus traps, clipboard scripts, upload areas. They
// do not disturb what a visitor does in the chat, and still receive the events that a page needs.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, beforeEach, test } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { anthropicAnswer } from "../fault-server/index.ts";
import { ask, openPanel, setStage, still, waitForAnswer, type Stage } from "../e2e/stage.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext, type SharedContext } from "../support/shared-context.ts";
import { clipboardOwner, escapes, focusTrap, hotkeys, wheelHijack } from "./pages.ts";

/** How long an action may wait for the page, in milliseconds. Generous for busy machines. */
const patienceMs = 120_000;

const lastLine = "The last line.";
const longText = [...Array.from({ length: 80 }, (_, at) => `Line ${at} of a long answer.\n\n`), lastLine];

let stage: Stage;
let shared: SharedContext;

before(async () => {
  stage = await setStage();
  shared = await shareContext(stage, still);
});

after(() => stage.close());

beforeEach(() => stage.upstream.script(() => anthropicAnswer({ text: longText })));

/** Options of {@link visitHost}. */
interface HostOptions {
  /** HTML of the chat. Default: its script tag. */
  chat?: string;
  /** Whether the visitor has a touchscreen. */
  hasTouch?: boolean;
  /** The permissions that the page has. */
  permissions?: string[];
}

/**
 * Opens a page of a site, and closes it after the test.
 * @param body HTML of the page, without the chat
 */
async function visitHost(
  t: { after(work: () => Promise<void>): void; name: string },
  body: string,
  { chat = stage.tag, hasTouch = false, permissions = [] }: HostOptions = {},
): Promise<Page> {
  const path = `/${encodeURIComponent(t.name)}`;
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A shop</title>${body}${chat}`;
  stage.site.pages.set(path, { html });
  const context = hasTouch ? await stage.browser.newContext({ ...still, hasTouch }) : shared.context;
  t.after(() => (hasTouch ? context.close() : shared.clear()));
  await context.grantPermissions(permissions);
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(stage.site.url + path);
  return page;
}

/** HTML of an inline chat. It becomes a child of the element that the page's HTML leaves open. */
function inlineChat(content = ""): string {
  return `<rivulet-chat endpoint="${stage.proxy.url}" assistant="anthropic" mode="inline">${content}</rivulet-chat>
    <script type="module">import "${stage.proxy.url}/panel.js";</script>`;
}

const input = (page: Page) => page.locator("rivulet-chat [part~=input]");

const typed = (page: Page) => input(page).inputValue();

/** The focused element in the chat: its `part`, or its tag name if it has no `part`. */
function focused(page: Page): Promise<string> {
  const active = `document.querySelector("rivulet-chat").shadowRoot.activeElement`;
  return page.evaluate<string>(`${active}?.getAttribute("part") ?? ${active}?.localName ?? "nowhere"`);
}

/** The middle of an element, in CSS pixels from the window's top left corner. */
async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags something from outside the page to a point in the window, and drops it there. */
async function dropOn(client: CDPSession, at: { x: number; y: number }, dragged: object): Promise<void> {
  for (const type of ["dragEnter", "dragOver", "dragOver", "drop"] as const) {
    const data = { items: [], dragOperationsMask: 1, ...dragged };
    await client.send("Input.dispatchDragEvent", { type, ...at, data });
  }
}

test("hotkeys: everything that is typed arrives, and the focus stays", async (t) => {
  const page = await visitHost(t, hotkeys);
  await page.locator("rivulet-chat [part~=launcher]").focus();
  await page.keyboard.press("Space");
  await eventually(async () => assert.equal(await focused(page), "input"));
  await page.keyboard.type("is price 3/4?");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("!");
  assert.equal(await typed(page), "is price 3/4!?");
  assert.equal(await focused(page), "input");
  assert.equal(new URL(page.url()).search, "");
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await focused(page), "launcher"));
  await page.keyboard.press("/");
  assert.equal(await page.evaluate("document.activeElement.id"), "q", "a closed chat leaves the page its hotkeys");
});

test("hotkeys: the conversation scrolls by keyboard, and its buttons work", async (t) => {
  const page = await visitHost(t, hotkeys);
  await openPanel(page);
  await ask(page, "What?");
  await waitForAnswer(page, lastLine);
  const messages = page.locator("rivulet-chat [part~=messages]");
  await messages.focus();
  await page.keyboard.press("Home");
  await eventually(async () => assert.equal(await messages.evaluate((area) => area.scrollTop), 0));
  await page.keyboard.press("Space");
  await eventually(async () => assert.ok((await messages.evaluate((area) => area.scrollTop)) > 100));
  await page.getByRole("button", { name: "New conversation" }).focus();
  await page.keyboard.press("Space");
  await page.locator("rivulet-chat .welcome").waitFor();
});

test("smooth scrolling: wheel and finger scroll the conversation, and not the page", async (t) => {
  const page = await visitHost(t, wheelHijack, { hasTouch: true });
  await openPanel(page);
  await ask(page, "What?");
  await waitForAnswer(page, lastLine);
  const messages = page.locator("rivulet-chat [part~=messages]");
  const top = () => messages.evaluate((area) => area.scrollTop);
  await messages.evaluate((area) => area.scrollTo(0, 500));
  const { x, y } = await middleOf(page, "rivulet-chat [part~=messages]");
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -100);
  await eventually(async () => assert.equal(await top(), 400));
  const client = await page.context().newCDPSession(page);
  await client.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  for (let down = 10; down <= 150; down += 10) {
    await client.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y + down }] });
  }
  await client.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await eventually(async () => assert.ok((await top()) < 300, String(await top())));
  assert.equal(await page.evaluate("scrollY"), 0);
  await page.mouse.move(20, 20);
  await page.mouse.wheel(0, 100);
  await eventually(async () => assert.equal(await page.evaluate("scrollY"), 100));
});

test("a focus trap: the visitor can open the chat, write in it and leave it, by mouse and by keyboard", async (t) => {
  const page = await visitHost(t, focusTrap);
  await page.locator("rivulet-chat [part~=launcher]").focus();
  assert.equal(await focused(page), "launcher");
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await focused(page), "input"));
  await page.locator("#m input").click();
  await input(page).click();
  await page.keyboard.type("Hello");
  assert.equal(await typed(page), "Hello");
  await page.locator("#m input").click();
  assert.equal(await page.evaluate("document.activeElement.localName"), "input");
});

/** Collects the types of all events that reach the page from the chat, in `window.seen`. */
const collector = `<script>
  const types = new Set(["focusin", "focusout", "compositionstart", "compositionupdate", "compositionend"]);
  for (const each of [window, document, document.documentElement]) {
    for (const key in each) if (key.startsWith("on")) types.add(key.slice(2));
  }
  for (const name of ["ready", "open", "close", "send", "delta", "response"]) types.add("rivulet-" + name);
  window.seen = new Set();
  for (const type of types) {
    addEventListener(type, ({ target }) => { if (target.localName === "rivulet-chat") seen.add(type); });
  }
</script>`;

test("the page sees pointers, clicks, files and the chat's own events, and nothing else", async (t) => {
  const page = await visitHost(t, collector, { hasTouch: true, permissions: ["clipboard-read", "clipboard-write"] });
  const client = await page.context().newCDPSession(page);
  await page.locator("rivulet-chat [part~=launcher]").focus();
  await page.keyboard.press("Enter");
  await input(page).click();
  await page.keyboard.type("some words");
  await client.send("Input.imeSetComposition", { text: "河", selectionStart: 1, selectionEnd: 1 });
  await client.send("Input.insertText", { text: "河流" });
  for (const key of ["a", "c", "x", "v", "v"]) await page.keyboard.press(`Control+${key}`);
  assert.equal(await typed(page), "some words河流some words河流");
  await dropOn(client, await middleOf(page, "rivulet-chat [part~=input]"), {
    items: [{ mimeType: "text/plain", data: " and dropped ones" }],
  });
  await eventually(async () => assert.match(await typed(page), /and dropped ones/));
  await page.keyboard.press("Enter");
  await waitForAnswer(page, lastLine);
  const answer = page.locator("rivulet-chat [part~=answer] p").last();
  await answer.dblclick();
  await answer.click({ button: "right" });
  await answer.tap();
  await page.mouse.wheel(0, -10);
  await page.keyboard.press("Tab");
  await page.locator("rivulet-chat [part~=launcher]").click();
  await page.mouse.move(5, 5);
  await eventually(async () => assert.ok(await page.evaluate("seen.has('rivulet-close')")));
  const seen = await page.evaluate<string[]>("[...seen]");
  const needed = ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "dblclick"];
  const own = ["rivulet-ready", "rivulet-open", "rivulet-send", "rivulet-delta", "rivulet-response", "rivulet-close"];
  for (const type of [...needed, ...own]) assert.ok(seen.includes(type), `${type} is missing`);
  const others = seen.filter(
    (type) => !/^(pointer|mouse|rivulet-|transition|animation)|click$|pointercapture$/.test(type),
  );
  assert.deepEqual(others, []);
});

test("a page that owns the clipboard, the context menu, drops and selections: the chat's work like the browser's", async (t) => {
  const page = await visitHost(t, clipboardOwner, { permissions: ["clipboard-read", "clipboard-write"] });
  await openPanel(page);
  await page.getByRole("button", { name: "Close chat" }).first().focus();
  await input(page).click();
  assert.equal(await focused(page), "input", "a canceled mousedown does not keep the text field from the focus");
  await page.keyboard.type("tea");
  for (const key of ["a", "c", "v", "v"]) await page.keyboard.press(`Control+${key}`);
  assert.equal(await typed(page), "teatea");
  await page.evaluate(`document.querySelector("rivulet-chat").shadowRoot.addEventListener("contextmenu",
    (e) => setTimeout(() => (window.menuCanceled = e.defaultPrevented)), true)`);
  await input(page).click({ button: "right" });
  await eventually(async () => assert.equal(await page.evaluate("window.menuCanceled"), false));
  const client = await page.context().newCDPSession(page);
  const at = await middleOf(page, "rivulet-chat [part~=input]");
  await dropOn(client, at, { items: [{ mimeType: "text/plain", data: "cake" }] });
  await eventually(async () => assert.match(await typed(page), /cake/));
  await dropOn(client, at, { files: [fileURLToPath(import.meta.url)] });
  await eventually(async () => assert.ok(await page.evaluate("dropped.includes('drop1')"), "the page takes files"));
});

test("Escape closes what is open in the chat first, and only then what the page has open", async (t) => {
  const page = await visitHost(t, `${escapes}<dialog id="d" style="width: 600px">`, { chat: inlineChat() });
  await page.evaluate("d.showModal()");
  await ask(page, "What?");
  await waitForAnswer(page, lastLine);
  await page.getByRole("button", { name: "Conversations" }).click();
  await page.locator("rivulet-chat .list-back").waitFor();
  await page
    .getByRole("button", { name: /^Rename/ })
    .first()
    .click();
  await page.locator("rivulet-chat .task input").waitFor();
  for (const closed of [".task", ".conversation-list"]) {
    await page.keyboard.press("Escape");
    await page.locator(`rivulet-chat ${closed}`).waitFor({ state: "hidden" });
    assert.deepEqual(await page.evaluate("[d.open, escapes]"), [true, []], closed);
  }
  await page.getByRole("button", { name: "Edit message" }).click();
  await page.locator("rivulet-chat .message-form textarea").focus();
  await page.keyboard.press("Escape");
  await page.locator("rivulet-chat .message-form").waitFor({ state: "hidden" });
  assert.deepEqual(await page.evaluate("[d.open, escapes]"), [true, []]);
  await input(page).focus();
  await page.evaluate(`document.querySelector("rivulet-chat").shadowRoot.querySelector("[part=input]").dispatchEvent(
    new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true, composed: true }))`);
  assert.deepEqual(await page.evaluate("escapes"), [], "an Escape of the input method");
  await page.keyboard.press("Escape");
  assert.deepEqual(await page.evaluate("escapes"), ["keydown", "keyup"]);
  assert.equal(await page.evaluate("d.open"), false);
});

test("Escape closes an open panel and nothing of the page", async (t) => {
  const page = await visitHost(t, escapes);
  await openPanel(page);
  await input(page).focus();
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await focused(page), "launcher"));
  assert.deepEqual(await page.evaluate("escapes"), []);
  await page.keyboard.press("Escape");
  assert.deepEqual(await page.evaluate("escapes"), ["keydown", "keyup"]);
});

test("the page's own content in the header keeps its events", async (t) => {
  const kept = ["keydown", "keyup", "focusin", "input", "wheel"];
  const page = await visitHost(
    t,
    `<script>
    window.seen = new Set();
    for (const type of ${JSON.stringify(kept)}) addEventListener(type, () => seen.add(type));
  </script>`,
    { chat: inlineChat(`<input slot="header" aria-label="Yours">`) },
  );
  await page.getByLabel("Yours").click();
  await page.keyboard.type("a");
  await eventually(async () => {
    await page.getByLabel("Yours").hover(); // on each try, because it moves when the profile arrives
    await page.mouse.wheel(0, 10);
    assert.deepEqual((await page.evaluate<string[]>("[...seen]")).toSorted(), kept.toSorted());
  });
});
