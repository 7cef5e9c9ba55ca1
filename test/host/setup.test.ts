// Pages that block something, and incorrect setups. The visitor sees a message, the site's developer finds one line on
// the console, and everything that can still work works.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { anthropicAnswer } from "../fault-server/index.ts";
import { eventually } from "../support/eventually.ts";
import { shareContext } from "../support/shared-context.ts";
import { answerSlowly, askAndWait, ask, openPanel, setStage, still, waitForAnswer } from "../e2e/stage.ts";
import type { Stage } from "../e2e/stage.ts";
import { servePage, showPage } from "./show-page.ts";
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

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><title>A shop</title></head><body>${body}</body></html>`;
const tag = (attributes = `data-assistant="anthropic"`) =>
  `<script src="WORKER/rivulet.js" ${attributes} async></script>`;
const element = (attributes: string) => page(`<rivulet-chat endpoint="WORKER" ${attributes}></rivulet-chat>${define}`);

/** Defines the element, as an import of the package does. */
const define = `<script type="module">
  await import("WORKER/panel.js");
</script>`;

const show = (html: string, more: Partial<HostPage> = {}): Promise<ShownPage> =>
  showPage(context, stage, { html, ...more });

const note = (shown: Page) => shown.locator("rivulet-chat .corner > span");

test("BroadcastChannel is denied: the chat opens and answers", async () => {
  const script = `window.BroadcastChannel = class {
    constructor() { throw new DOMException("The operation is insecure.", "SecurityError"); }
  };`;
  const { page: shown, lines } = await show(page(tag()), { script });
  await openPanel(shown);
  answerSlowly(stage.upstream, 0);
  await askAndWait(shown, "When is tea?");
  assert.deepEqual(lines, []);
});

test("everything that a browser can deny a page is denied: the chat opens and answers", async () => {
  const denied = ["localStorage", "sessionStorage", "caches", "indexedDB", "BroadcastChannel"];
  const script = `for (const name of ${JSON.stringify(denied)})
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
  for (const name of ["clipboard", "locks", "storage", "serviceWorker"])
    Object.defineProperty(Navigator.prototype, name, { get: () => undefined });`;
  const { page: shown, lines } = await show(page(tag()), { script });
  await openPanel(shown);
  answerSlowly(stage.upstream, 0);
  await askAndWait(shown, "When is tea?");
  assert.deepEqual(lines, []);
});

const withCode = "Tea is at **four**.\n\n```js\nbrew();\n```\n";

/** Asks a question whose answer contains code. @returns the buttons that copy the answer and the code */
async function answerWithCode(shown: Page) {
  await openPanel(shown);
  stage.upstream.reset();
  stage.upstream.script(() => anthropicAnswer({ text: [withCode] }));
  await ask(shown, "When is tea?");
  await waitForAnswer(shown, "brew");
  const copyAnswer = shown.getByRole("button", { name: "Copy answer" });
  await copyAnswer.waitFor();
  return { copyAnswer, copyCode: shown.locator("rivulet-chat .code .copy") };
}

/** What a visitor would now paste from the clipboard. */
async function pasted(): Promise<{ text: string; html: string }> {
  const other = await context.newPage();
  await context.grantPermissions(["clipboard-read"], { origin: stage.site.url });
  await other.goto(`${stage.site.url}/paste`);
  await other.bringToFront();
  const found = await other.evaluate<{
    text: string;
    html: string;
  }>(`navigator.clipboard.read().then(async ([item]) => {
    const read = async (type) => (item.types.includes(type) ? (await item.getType(type)).text() : "");
    return { text: await read("text/plain"), html: await read("text/html") };
  })`);
  await other.close();
  return found;
}

const noClipboard = `Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined });`;

test("no navigator.clipboard, as on a page without https: answers and code are copied", async () => {
  const { page: shown, lines } = await show(page(tag()), { script: noClipboard });
  const { copyAnswer, copyCode } = await answerWithCode(shown);
  await copyAnswer.click();
  await eventually(async () => {
    const { text, html } = await pasted();
    assert.equal(text.trim(), withCode.trim());
    assert.match(html, /<strong>four<\/strong>/);
  });
  await shown.bringToFront();
  await copyCode.click();
  await shown.locator("rivulet-chat .code .copy", { hasText: "Copied" }).waitFor();
  assert.equal((await pasted()).text, "brew();\n");
  assert.equal(await shown.locator("rivulet-chat textarea").count(), 1, "only the composer's");
  assert.deepEqual(lines, []);
});

test("a frame from another site, which may not write to the clipboard", async () => {
  servePage(stage, { html: page(tag()), path: "/framed" });
  const outer = await context.newPage();
  await outer.goto(`${stage.worker.url}/v1/health`);
  await outer.evaluate(`document.body.append(
    Object.assign(document.createElement("iframe"), { src: "${stage.site.url}/framed", width: 900, height: 700 }),
  )`);
  const shown = outer.frameLocator("iframe");
  await shown.locator("rivulet-chat [part~=launcher]").click();
  stage.upstream.reset();
  stage.upstream.script(() => anthropicAnswer({ text: [withCode] }));
  await shown.locator("rivulet-chat [part~=input]").fill("When is tea?");
  await shown.locator("rivulet-chat [part~=input]").press("Enter");
  await shown.locator("rivulet-chat .code .copy").click();
  await shown.locator("rivulet-chat .code .copy", { hasText: "Copied" }).waitFor();
  assert.equal((await pasted()).text, "brew();\n");
});

test("nothing can be copied at all: the chat says so", async () => {
  const { page: shown } = await show(page(tag()), { script: `${noClipboard} document.execCommand = () => false;` });
  const { copyAnswer, copyCode } = await answerWithCode(shown);
  await copyCode.click();
  await shown.locator("rivulet-chat .code .copy", { hasText: "Couldn't copy." }).waitFor();
  await copyAnswer.click();
  await shown.locator("rivulet-chat [part~=notice]", { hasText: "Couldn't copy." }).waitFor();
  await shown
    .locator("rivulet-chat [aria-live=assertive]", { hasText: "Couldn't copy." })
    .waitFor({ state: "attached" });
});

test("an unknown mode counts as popup, an unknown theme as auto, and both are reported", async () => {
  const { page: shown, lines } = await show(
    page(tag(`data-assistant="anthropic" data-mode="popop" data-theme="drak"`)),
  );
  await openPanel(shown);
  await shown.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  const box = await shown.locator("rivulet-chat [part~=panel]").boundingBox();
  assert.ok(box && box.x > 600 && box.width < 500, `a popup in the corner: ${JSON.stringify(box)}`);
  await eventually(() => assert.equal(lines.length, 2));
  assert.deepEqual(lines.toSorted(), [
    `Rivulet Chat: mode="popop" is invalid. Valid values are popup, inline, sidebar, fullscreen. The chat uses popup.`,
    `Rivulet Chat: theme="drak" is invalid. Valid values are auto, light, dark. The chat uses auto.`,
  ]);

  const other = await show(element(`assistant="anthropic" mode="popop"`));
  await openPanel(other.page);
});

test("a distance without a unit and a layer that is no number are reported, and what the page's styles say applies", async () => {
  const style = "<style>rivulet-chat { --rivulet-inset-block: 70px; --rivulet-layer: 50 }</style>";
  const wrong = `data-assistant="anthropic" data-inset-block="80" data-inset-inline="5 rem" data-layer="top"`;
  const { page: shown, lines } = await show(page(style + tag(wrong)));
  const applied = await shown.evaluate(`{
    const { marginBottom, zIndex } = getComputedStyle(document.querySelector("rivulet-chat").shadowRoot.querySelector(".corner"));
    [marginBottom, zIndex];
  }`);
  assert.deepEqual(applied, ["70px", "50"]);
  await openPanel(shown);
  await eventually(() => assert.equal(lines.length, 3));
  const length = "Write a CSS length of 0 or more with its unit, as in 80px.";
  assert.deepEqual(lines.toSorted(), [
    `Rivulet Chat: inset-block="80" is invalid. ${length} Until then --rivulet-inset-block applies.`,
    `Rivulet Chat: inset-inline="5 rem" is invalid. ${length} Until then --rivulet-inset-inline applies.`,
    `Rivulet Chat: layer="top" is invalid. Write an integer, as in 9000. Until then --rivulet-layer applies.`,
  ]);

  const valid = `data-assistant="anthropic" data-inset-block="0" data-inset-inline="5rem" data-layer="0"`;
  const other = await show(page(tag(valid)));
  await openPanel(other.page);
  await other.page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
  assert.deepEqual(other.lines, []);
});

for (const [name, attributes, words, line] of [
  ["no assistant", "", "Chat isn't set up yet.", /has no assistant/],
  ["a wrong assistant", `assistant="nobody"`, "Chat isn't available here.", /no assistant "nobody"/],
] as const) {
  for (const mode of ["popup", "inline"]) {
    test(`${name}, mode ${mode}: one message, one line, and nothing to type into`, async () => {
      const settings = attributes.replace("assistant", "data-assistant");
      const { page: shown, lines } = await show(mode === "popup" ? page(tag(settings)) : element(attributes));
      if (mode === "popup") await shown.locator("rivulet-chat [part~=launcher]").click();
      const notice = shown.locator("rivulet-chat [part~=notice]");
      await notice.getByText(words).waitFor();
      await eventually(() => assert.equal(lines.length, 1));
      assert.match(lines.join(), line);
      assert.equal(await notice.count(), 1);
      assert.equal(await shown.locator("rivulet-chat [part~=input]").count(), 0);
      const code = await shown.evaluate(
        `document.querySelector("rivulet-chat").send("Hello").catch(({ code }) => code)`,
      );
      assert.match(String(code), /missing_assistant|not_found/);
    });
  }
}

for (const endpoint of ["https://[", "chat.example.com"]) {
  for (const html of [page(tag(`data-assistant="anthropic" data-endpoint="${endpoint}"`)), null]) {
    test(`the endpoint "${endpoint}" ${html ? "on the script tag" : "of an element"}: one message, one line`, async () => {
      const own = page(`<rivulet-chat endpoint="${endpoint}" assistant="anthropic"></rivulet-chat>${define}`);
      const { page: shown, lines } = await show(html ?? own);
      if (html) await shown.locator("rivulet-chat [part~=launcher]").click();
      await shown.locator("rivulet-chat [part~=notice]").getByText("Can't connect").waitFor();
      await eventually(() => assert.equal(lines.length, 1));
      assert.match(
        lines.join(),
        endpoint === "https://["
          ? /"https:\/\/\[" is not an address/
          : /"chat\.example\.com" has no scheme.*write https:\/\/chat\.example\.com\.$/,
      );
    });
  }
}

test("a sandboxed frame has no origin: the console and the log say so", async () => {
  const outer = page(`<iframe sandbox="allow-scripts" src="/framed" width="900" height="700"></iframe>`);
  servePage(stage, { html: page(tag()), path: "/framed" });
  await using first = await stage.browser.newContext(still); // otherwise the profile could come from the cache
  const { page: shown, lines } = await showPage(first, stage, { html: outer, path: "/outer" });
  const frame = shown.frameLocator("iframe");
  await frame.locator("rivulet-chat [part~=launcher]").click();
  await frame.locator("rivulet-chat [part~=notice]").getByText("isn't available on this website").waitFor();
  await eventually(() => assert.equal(lines.length, 1));
  assert.match(lines.join(), /sandboxed frame.*allow-same-origin/s);
  assert.doesNotMatch(lines.join(), /Add "null"/);
  await stage.worker.printed(/"detail":"the page has no origin: it is in a frame with sandbox/);
});

for (const [policy, isAllowed] of [
  ["trusted-types lit-html", true],
  ["trusted-types other", false],
] as const) {
  test(`the policy "${policy}": ${isAllowed ? "the chat answers" : "the launcher and the console say why it cannot"}`, async () => {
    const headers = { "content-security-policy": `require-trusted-types-for 'script'; ${policy}` };
    const { page: shown, lines } = await show(page(tag()), { headers });
    if (isAllowed) {
      await openPanel(shown);
      answerSlowly(stage.upstream, 0);
      await askAndWait(shown, "When is tea?");
      assert.deepEqual(lines, []);
    } else {
      await shown.locator("rivulet-chat [part~=launcher]").click();
      await note(shown).getByText("couldn't be loaded").waitFor();
      assert.match(lines.join(), /lit-html/);
    }
  });
}

test("a page calls show(), and the chat cannot be loaded: the launcher says so", async () => {
  const headers = { "content-security-policy": `require-trusted-types-for 'script'; trusted-types other` };
  const { page: shown } = await show(page(tag()), { headers });
  await shown.locator("rivulet-chat [part~=launcher]").waitFor();
  const message = await shown.evaluate(`document.querySelector("rivulet-chat").show().catch(String)`);
  assert.match(String(message), /TypeError/);
  await note(shown).getByText("couldn't be loaded").waitFor();
});

for (const mode of ["inline", "popup"]) {
  test(`a page moves the chat of its script tag into an element, mode ${mode}: it is there and answers`, async () => {
    const moving = `<div id="help" style="width: 400px"></div>${tag(`data-assistant="anthropic" data-mode="${mode}"`).replace(" async", "")}
      <script>document.querySelector("#help").append(document.querySelector("rivulet-chat"));</script>`;
    const { page: shown, lines } = await show(page(moving));
    if (mode === "popup") await openPanel(shown);
    answerSlowly(stage.upstream, 0);
    await askAndWait(shown, "When is tea?");
    assert.equal(await shown.locator("#help > rivulet-chat").count(), 1);
    assert.equal(await shown.locator("rivulet-chat").count(), 1);
    const box = await shown.locator("rivulet-chat [part~=panel]").boundingBox();
    if (mode === "inline") assert.equal(box?.width, 400);
    assert.deepEqual(lines, []);
  });
}
