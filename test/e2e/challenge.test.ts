// A challenge is loaded only with the first question, in a frame that can be entered and left by keyboard. After a
// visitor passes it, their question is sent automatically, once. A visitor who does not pass loses nothing. Messages
// from any other window are ignored.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { AxeResults } from "axe-core";
import type { Browser, Frame, Page } from "playwright-core";
import { at } from "../../scripts/lib/root.ts";
import { startFaultServer, type FaultServer } from "../fault-server/index.ts";
import { shareContext, type SharedContext } from "../support/shared-context.ts";
import { startBrowser, startSite, type Site } from "../support/site.ts";
import { startTurnstile, type TurnstileServer } from "../support/turnstile.ts";
import { startTestWorker, type TestWorker } from "../support/worker.ts";
import { eventually } from "../support/eventually.ts";
import { ask, openPanel, still, waitForAnswer } from "./stage.ts";

let upstream: FaultServer;
let turnstile: TurnstileServer;
let worker: TestWorker;
let browser: Browser;
let site: Site;
let shared: SharedContext;
let page: Page;
let requested: string[];
let complaints: string[];

before(async () => {
  [upstream, turnstile, browser] = await Promise.all([startFaultServer(), startTurnstile(), startBrowser()]);
  worker = await startTestWorker({
    assets: "dist/widget",
    variables: {
      ENVIRONMENT: undefined, // in development, every page of this machine may embed the frame
      ANTHROPIC_API_KEY: "k",
      ANTHROPIC_BASE_URL: upstream.url,
      TURNSTILE_SECRET_KEY: "0x4AAA-a-real-looking-secret",
      TURNSTILE_VERIFY_URL: turnstile.verifyUrl,
      TURNSTILE_SCRIPT_URL: turnstile.scriptUrl,
    },
  });
  site = await startSite(hostPage('lang="en"'));
  shared = await shareContext({ browser, site }, still);
});

after(async () => {
  await browser.close();
  site.close();
  await worker.stop();
  turnstile.close();
  await upstream.close();
});

beforeEach(() => {
  upstream.reset();
  turnstile.asked.length = 0;
  turnstile.verdict = {};
  turnstile.mode = "asks";
});

afterEach(async () => {
  if (page.context() !== shared.context) await page.context().close();
  await shared.clear();
});

/** A page with the strictest content security policy: it allows the worker's origin and no other. */
function hostPage(attributes: string): string {
  const { url } = worker;
  const policy = [
    "default-src 'none'",
    ...["script-src", "connect-src", "frame-src"].map((name) => `${name} ${url}`),
    "require-trusted-types-for 'script'",
  ];
  return `<!doctype html><html ${attributes}><meta charset="utf-8"><title>A shop</title>
    <meta name="viewport" content="width=device-width">
    <meta http-equiv="content-security-policy" content="${policy.join("; ")}">
    <h1>Tea</h1><script src="${url}/rivulet.js" data-assistant="challenged" async></script></html>`;
}

async function open(context = shared.context, from = site): Promise<void> {
  page = await context.newPage();
  requested = [];
  complaints = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(from.url);
  await openPanel(page);
  await page.locator("rivulet-chat .welcome:not(.loading)").waitFor();
}

/** The URLs of every request that only the challenge needs. */
function challengeRequests(): string[] {
  return requested.filter((url) => /\/challenge[/-]/.test(url) || url.startsWith(turnstile.url));
}

/** The challenge frame, once it is visible. */
async function shownFrame(): Promise<Frame> {
  const element = page.locator("rivulet-chat .challenge iframe:not(.waiting)");
  await element.waitFor();
  const frame = await (await element.elementHandle())?.contentFrame();
  assert.ok(frame);
  return frame;
}

/** Whether the next key press goes to the challenge's own field. */
const isFocused = `document.hasFocus() && document.activeElement.localName === "input"`;

/** The focused element in the chat: its part, or else its tag. */
function focused(): Promise<string> {
  const active = `document.querySelector("rivulet-chat").shadowRoot.activeElement`;
  return page.evaluate<string>(`${active}?.getAttribute("part") ?? ${active}?.localName ?? "nowhere"`);
}

test("only with the first question, solved by keyboard, and the question is then sent automatically, once", async () => {
  await open();
  assert.deepEqual(challengeRequests(), []);
  await ask(page, "When is tea?");
  const frame = await shownFrame();
  assert.equal(new URL(frame.url()).origin, worker.url);
  assert.ok(challengeRequests().length >= 4, "script of the page, frame, its script, Turnstile's");
  const box = frame.childFrames()[0];
  const tick = box?.locator("input");
  await tick?.waitFor();
  assert.equal(await focused(), "input", "the focus stays with a visitor who continues to write");
  await page.keyboard.press("Shift+Tab");
  // The frame has its own process: until the focus arrives there, nothing in the page has it.
  await box?.waitForFunction(isFocused);
  await eventually(async () => assert.equal(await focused(), "iframe"));
  await page.keyboard.press("Tab");
  await eventually(async () => assert.equal(await focused(), "input"));
  await page.keyboard.press("Shift+Tab");
  await box?.waitForFunction(isFocused);
  await page.keyboard.press("Space");
  await waitForAnswer(page, "Hello.");
  assert.equal(await focused(), "input");
  assert.equal(await page.locator("rivulet-chat iframe").count(), 0);
  assert.deepEqual([upstream.requests.length, turnstile.asked.length], [1, 1]);

  await page.locator("rivulet-chat [part~=send]").waitFor();
  requested = [];
  await ask(page, "And cake?");
  await page.locator("rivulet-chat [part~=answer]").nth(1).filter({ hasText: "Hello." }).waitFor();
  assert.deepEqual(challengeRequests(), []);
  assert.deepEqual([upstream.requests.length, turnstile.asked.length], [2, 1]);
  assert.deepEqual(complaints, []);
});

test("only messages from the frame count, and the frame's content cannot navigate the page", async () => {
  await open();
  await ask(page, "When is tea?");
  const frame = await shownFrame();
  const box = frame.childFrames()[0];
  await box?.locator("input").waitFor();
  const forge = `top.postMessage({ type: "rivulet-challenge", token: "forged" }, "*")`;
  for (const forger of [page.mainFrame(), box]) await forger?.evaluate(forge); // another origin, another window
  await page.evaluate(`
    const other = document.createElement("iframe");
    other.src = "${worker.url}/v1/health";
    document.body.append(other);
  `);
  await eventually(() => page.frames().some((each) => each.url().endsWith("/v1/health")));
  const other = page.frames().find((each) => each.url().endsWith("/v1/health"));
  await other?.evaluate(forge); // the same origin, another window
  const leaving = await frame.evaluate(`try { top.location = "about:blank"; "left" } catch { "held" }`);
  assert.equal(leaving, "held");
  assert.equal(await page.locator("rivulet-chat .challenge iframe").count(), 1);
  assert.equal(turnstile.asked.length, 0);
  await box?.locator("input").click();
  await waitForAnswer(page, "Hello.");
  assert.match(turnstile.asked[0]?.["response"] ?? "", /^solved-/);
  assert.deepEqual([turnstile.asked.length, upstream.requests.length], [1, 1]);
});

test("no other site can embed the frame, whatever origin it claims", async (t) => {
  const address = `${worker.url}/v1/challenge/challenged?origin=${encodeURIComponent(site.url)}`;
  const thief = await startSite(`<!doctype html><title>Thief</title><iframe src="${address}"></iframe>`);
  t.after(() => thief.close());
  page = await shared.context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  await page.goto(thief.url.replace("localhost", "127.0.0.1"));
  await eventually(() => said.some((text) => text.includes("frame-ancestors")));
  assert.equal(await page.frameLocator("iframe").locator("#challenge").count(), 0);
});

test("after any failure there is no answer, a clear message, and the same question can be sent again", async () => {
  await open(await browser.newContext(still)); // a fake clock applies to all pages of a context
  await page.clock.install();
  turnstile.mode = "silent";
  turnstile.verdict = { success: false };
  await ask(page, "When is tea?");
  await eventually(() => assert.equal(turnstile.asked.length, 1));
  await assertFailed("We couldn't verify you're human.");
  turnstile.verdict = "down";
  await tryAgain();
  await eventually(() => assert.equal(turnstile.asked.length, 2));
  await assertFailed("We couldn't verify you're human.");
  turnstile.mode = "broken"; // its script cannot be loaded
  await tryAgain();
  await assertFailed("Verification failed.");
  const silent = "**/v1/challenge/challenged?*";
  await page.route(silent, (route) => route.fulfill({ body: "Not our page." }));
  await tryAgain();
  await page.locator("rivulet-chat .challenge iframe").waitFor({ state: "attached" }); // the old failure is gone
  await page.clock.fastForward(31_000);
  await assertFailed("Verification failed.");
  await page.unroute(silent);
  turnstile.mode = "silent";
  turnstile.verdict = {};
  await tryAgain();
  await waitForAnswer(page, "Hello.");
  assert.equal(await focused(), "input");
  assert.deepEqual([turnstile.asked.length, upstream.requests.length], [3, 1]);
});

async function assertFailed(words: string): Promise<void> {
  await page.locator("rivulet-chat .notice", { hasText: words }).waitFor();
  assert.deepEqual(await page.locator("rivulet-chat [part~=question]").allTextContents(), ["When is tea?"]);
  assert.equal(upstream.requests.length, 0);
}

/**
 * Presses "Try again" with the keyboard. The button can reappear before a test notices that it was gone, so callers
 * check the outcome of each attempt.
 */
async function tryAgain(): Promise<void> {
  await page.getByRole("button", { name: "Try again" }).press("Enter");
}

test("a missing part after a deployment: the visitor is told, and a reload loses nothing", async () => {
  await open();
  const gone = "**/chunks/challenge-*";
  await page.route(gone, (route) => route.continue({ url: `${worker.url}/chunks/gone.js` }));
  await ask(page, "When is tea?");
  await page.locator("rivulet-chat .failure", { hasText: "The chat has been updated." }).waitFor();
  await page.unroute(gone);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Reload page" }).click()]);
  await openPanel(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await (await shownFrame()).childFrames()[0]?.locator("input").click();
  await waitForAnswer(page, "Hello.");
  assert.deepEqual([turnstile.asked.length, upstream.requests.length], [1, 1]);
});

test("stopping before the challenge is solved returns the question to the input at once", async () => {
  await open();
  await ask(page, "When is tea?");
  await shownFrame();
  await page.locator("rivulet-chat [part~=stop]").click();
  await page.locator("rivulet-chat [part~=send]").waitFor({ timeout: 15_000 }); // the challenge itself has 30 s
  assert.equal(await page.locator("rivulet-chat [part~=input]").inputValue(), "When is tea?");
  assert.equal(await page.locator("rivulet-chat [part~=question]").count(), 0);
  await page.locator("rivulet-chat [part~=send]").click();
  await (await shownFrame()).childFrames()[0]?.locator("input").click();
  await waitForAnswer(page, "Hello.");
  assert.deepEqual([turnstile.asked.length, upstream.requests.length], [1, 1]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the frame uses the page's language, fits the narrowest phone, and passes axe-core: ${colorScheme}`, async (t) => {
    const arabic = await startSite(hostPage('lang="ar" dir="rtl"'));
    t.after(() => arabic.close());
    const phone = { ...still, colorScheme, viewport: { width: 360, height: 740 }, bypassCSP: true };
    await open(await browser.newContext(phone), arabic);
    await ask(page, "When is tea?");
    const frame = await shownFrame();
    await frame.childFrames()[0]?.locator("input").waitFor();
    const root = frame.locator("html");
    const [lang, dir] = [await root.getAttribute("lang"), await root.getAttribute("dir")];
    const scheme = await frame.locator("meta[name=color-scheme]").getAttribute("content");
    assert.deepEqual([lang, dir, scheme], ["ar", "rtl", colorScheme]);
    assert.deepEqual(await audit(frame), []);
    // as if the chat itself were in a language that is written from right to left
    await page.evaluate(`document.querySelector("rivulet-chat").shadowRoot.querySelector(".frame").dir = "rtl"`);
    const [box, field] = await Promise.all([boxOf(".challenge iframe"), boxOf(".field")]);
    assert.ok(field.x + field.width - box.x - box.width < 12, "it is aligned with the start of lines");
    await page.setViewportSize({ width: 320, height: 640 });
    const { x, width } = await boxOf(".challenge iframe");
    assert.ok(x >= 0 && width === 300 && x + width <= 320, `${x} + ${width}`);
  });
}

async function boxOf(selector: string): Promise<{ x: number; width: number }> {
  const box = await page.locator(`rivulet-chat ${selector}`).boundingBox();
  assert.ok(box);
  return box;
}

/** The violations that axe-core finds in the chat and in the frame, in short form. */
async function audit(frame: Frame): Promise<string[]> {
  const content = await readFile(at("node_modules/axe-core/axe.min.js"), "utf8");
  for (const each of [page.mainFrame(), frame, ...frame.childFrames()]) {
    await each.addScriptTag({ content: `${content}; axe.configure({ allowedOrigins: ["<unsafe_all_origins>"] })` });
  }
  // These three rules are about whole pages, which neither the chat nor the frame is.
  const ofPages = ["region", "landmark-one-main", "page-has-heading-one"];
  const rules = Object.fromEntries(ofPages.map((name) => [name, { enabled: false }]));
  const run = `axe.run("rivulet-chat", ${JSON.stringify({ rules, pingWaitTime: 10_000 })})`;
  const { violations, passes } = await page.evaluate<Pick<AxeResults, "violations" | "passes">>(run);
  const isFrameRead = passes.some(({ nodes }) => nodes.some(({ target }) => target.length > 1));
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
  return isFrameRead ? found : ["the frame was not checked", ...found];
}
